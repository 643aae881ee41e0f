//! The wheel: built once, for every version of Python.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::venv::Venv;
use crate::workspace::Workspace;
use crate::{place, process};

/// The bindings' manifest, from the workspace's root.
const MANIFEST: &str = "bindings/python/Cargo.toml";

/// Builds the wheel with the environment's maturin, and returns it.
///
/// `profile` is one of cargo's: with `dev` it shares with the tests what they compile.
pub(crate) fn build(
    workspace: &Workspace,
    venv: &Venv,
    folder: &Path,
    profile: &str,
) -> Result<PathBuf> {
    place::remove(folder)?;
    let mut maturin = Command::new(venv.program("maturin"));
    maturin
        .current_dir(workspace.root())
        .args(["build", "--manifest-path", MANIFEST, "--profile", profile])
        // It stays on this machine, so it may use what this machine has.
        .args(["--compatibility", "linux", "--interpreter"])
        .arg(venv.python())
        .arg("--out")
        .arg(folder);
    process::run(&mut maturin)?;
    only_file(folder)
}

/// Returns the one file of a folder.
fn only_file(folder: &Path) -> Result<PathBuf> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let files: Vec<_> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    match <[PathBuf; 1]>::try_from(files) {
        Ok([file]) => Ok(file),
        Err(files) => bail!("{} wheels in {}, not one", files.len(), folder.display()),
    }
}
