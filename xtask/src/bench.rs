//! `cargo xtask bench`: dynamometer beside other metrics libraries.

use std::process::ExitCode;

use anyhow::Result;

use crate::process::{self, PassThrough};
use crate::workspace::Workspace;

/// Becomes the bench program; its exit code is ours.
pub(crate) fn run(workspace: &Workspace, passed: &PassThrough) -> Result<ExitCode> {
    let mut command = process::cargo(
        workspace,
        [
            "run",
            "--profile",
            "bench",
            "--package",
            "dynamometer-bench",
            "--bin",
            "bench",
            "--",
        ],
    );
    process::become_it(command.args(&passed.args))
}
