//! `cargo xtask demo`: a small component with live traffic.

use std::process::ExitCode;

use anyhow::Result;

use crate::process::{self, PassThrough};
use crate::workspace::Workspace;

/// Becomes the demo; its exit code is ours.
pub(crate) fn run(workspace: &Workspace, passed: &PassThrough) -> Result<ExitCode> {
    let mut command = process::cargo(
        workspace,
        [
            "run",
            "--quiet",
            "--package",
            "dynamometer-examples",
            "--bin",
            "demo",
            "--",
        ],
    );
    process::become_it(command.args(&passed.args))
}
