//! `cargo xtask bench python`: the wheel as users get it, beside its peers.

use std::process::{Command, ExitCode};

use anyhow::Result;

use super::table::BENCH;
use super::venv::Venv;
use super::{Kept, interpreter, wheel};
use crate::process;
use crate::workspace::Workspace;

/// The program, a folder with a `__main__.py`, from the workspace's root.
const PROGRAM: &str = "bindings/python/bench";

/// Builds a release wheel and becomes the bench; its exit code is ours.
pub(crate) fn bench(workspace: &Workspace, args: &[String]) -> Result<ExitCode> {
    let found = interpreter::find()?;
    let kept = Kept::lock(workspace)?;
    let main = found.main();
    let pip = kept.pip(&main.program)?;
    let venv = Venv::ensure(kept.folder.join("bench"), &pip, main, BENCH)?;
    let wheel = wheel::build(
        workspace,
        &venv,
        &kept.folder.join("wheels-bench"),
        "release",
    )?;
    pip.install_wheel(&venv.python(), &wheel)?;
    let mut python = Command::new(venv.python());
    python.env("PYTHONPYCACHEPREFIX", kept.folder.join("compiled"));
    process::become_it(python.arg(workspace.path(PROGRAM)).args(args))
}
