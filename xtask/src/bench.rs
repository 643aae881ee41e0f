//! `cargo xtask bench`: dynamometer beside other metrics libraries.

use std::process::ExitCode;

use anyhow::Result;

use crate::process::{self, PassThrough};
use crate::python;
use crate::workspace::Workspace;

/// The first word that asks for Python's bench, which is a program of its own.
const PYTHON: &str = "python";

/// Becomes the bench program; its exit code is ours.
pub(crate) fn run(workspace: &Workspace, passed: &PassThrough) -> Result<ExitCode> {
    if let Some((section, rest)) = passed.args.split_first()
        && section == PYTHON
    {
        return python::bench(workspace, rest);
    }
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
