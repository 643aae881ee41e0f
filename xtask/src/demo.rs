//! `cargo xtask demo`: small components in Rust and Python with live traffic.

use std::process::ExitCode;

use anyhow::Result;

use crate::process::{self, PassThrough};
use crate::workspace::Workspace;
use crate::{console, python};

/// What the demo is told where it needs, or wants, no Python of ours.
const WITHOUT_PYTHON: [&str; 5] = ["--python", "--no-python", "--help", "-h", "--version"];

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
    command.args(&passed.args);
    if wants_python(&passed.args) {
        match python::ready(workspace) {
            Ok(python) => drop(command.arg("--python").arg(python)),
            Err(error) => console::note(format_args!("without the component in Python: {error:#}")),
        }
    }
    process::become_it(&mut command)
}

fn wants_python(args: &[String]) -> bool {
    let is_against = |arg: &String| {
        let name = arg.split('=').next().unwrap_or_default();
        WITHOUT_PYTHON.contains(&name)
    };
    !args.iter().any(is_against)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_python_is_made_unless_there_is_one_or_none_is_wanted() {
        let wants = |args: &[&str]| {
            let args: Vec<_> = args.iter().map(ToString::to_string).collect();
            wants_python(&args)
        };
        assert!(wants(&[]) && wants(&["--once", "--port", "0"]));
        assert!(!wants(&["--no-python"]) && !wants(&["--python=/usr/bin/python3"]));
        assert!(!wants(&["--help"]));
    }
}
