//! `cargo xtask python`: the Python packages that tests import.
//!
//! pip puts them into a folder below the target folder, which tests add to
//! Python's path: no virtual environment, and nothing of the system changes.

mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use self::table::{PACKAGES, Package};
use crate::workspace::Workspace;
use crate::{console, env, place, process};

/// Where everything is kept, below the workspace's root, as server programs are.
const FOLDER: &str = "target/python";

/// Arguments of `cargo xtask python`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask python
  PYTHONPATH=$(cargo xtask python --print) python3

A folder in DYN_TEST_PYTHON is taken as it is, and nothing is fetched.")]
pub(crate) struct Args {
    /// Print the folder of the packages and nothing else
    #[arg(long)]
    print: bool,
}

/// Fetches what is missing and says where it is.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<ExitCode> {
    let folder = ensure(workspace)?;
    if args.print {
        console::line(folder.display());
        return Ok(ExitCode::SUCCESS);
    }
    for Package { name, version } in PACKAGES {
        console::line(format_args!("{name}: {version}"));
    }
    console::line(format_args!("in {}", folder.display()));
    Ok(ExitCode::SUCCESS)
}

/// Returns the folder of the packages, after fetching what is missing.
pub(crate) fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let root = folder(workspace);
    if env::test_python().is_some() {
        return match PACKAGES
            .iter()
            .find(|package| !root.join(package.name).is_dir())
        {
            Some(package) => bail!(
                "{} is set to {}, which has no {}",
                env::TEST_PYTHON,
                root.display(),
                package.name
            ),
            None => Ok(root),
        };
    }
    // The folder appears by one rename, so what is there is whole.
    if is_whole(&root) {
        return Ok(root);
    }
    let parent = workspace.path(FOLDER);
    place::create(&parent)?;
    let _lock = place::lock(&parent.join("lock"))?;
    if !is_whole(&root) {
        fetch(&root)?;
    }
    Ok(root)
}

/// Returns where the packages lie, whether they are there or not.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    env::test_python().unwrap_or_else(|| workspace.path(FOLDER).join("root"))
}

/// Puts all packages into a new folder beside the old one, and that in its place.
///
/// The caller holds the lock.
fn fetch(root: &Path) -> Result<()> {
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip"]);
    if !process::succeeds(pip.arg("--version")) {
        bail!(
            "there is no pip for python3 here; install it (Debian packages python3 and \
             python3-pip), or set {} to a folder that has the packages",
            env::TEST_PYTHON
        );
    }
    let new = root.with_extension("new");
    place::remove(&new)?;
    let mut install = Command::new("python3");
    // With a target, pip leaves the system's own packages alone, and so it does
    // not refuse to work where those belong to the distribution.
    install
        .args(["-m", "pip", "install", "--quiet", "--no-input", "--no-deps"])
        .args([
            "--disable-pip-version-check",
            "--root-user-action",
            "ignore",
        ])
        .arg("--target")
        .arg(&new);
    for Package { name, version } in PACKAGES {
        console::note(format_args!("fetching {name} {version} with pip"));
        install.arg(format!("{name}=={version}"));
    }
    process::output(&mut install).context("cannot fetch the Python packages that tests import")?;
    place::remove(root)?;
    fs::rename(&new, root).with_context(|| format!("cannot create {}", root.display()))
}

/// True where every package is there in its version.
fn is_whole(root: &Path) -> bool {
    PACKAGES.iter().all(|Package { name, version }| {
        let facts = format!("{name}-{version}.dist-info");
        root.join(name).is_dir() && root.join(facts).is_dir()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_in_another_version_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let [Package { name, version }] = PACKAGES else {
            panic!("the test is for one package")
        };
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::create_dir(folder.path().join(format!("{name}-0.0.1.dist-info"))).unwrap();
        assert!(!is_whole(folder.path()));
        fs::create_dir(folder.path().join(format!("{name}-{version}.dist-info"))).unwrap();
        assert!(is_whole(folder.path()));
    }
}
