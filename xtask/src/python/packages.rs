//! The Python packages that Rust's tests import.
//!
//! They lie in one folder, which tests add to Python's path.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::interpreter;
use super::pip::Pip;
use super::table::PACKAGES;
use crate::workspace::Workspace;
use crate::{console, env, place};

/// Returns the folder of the packages, after fetching what is missing.
pub(crate) fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let root = folder(workspace);
    if env::test_python().is_some() {
        return match PACKAGES.iter().find(|name| !root.join(name).is_dir()) {
            Some(name) => bail!(
                "{} is set to {}, which has no {name}",
                env::TEST_PYTHON,
                root.display()
            ),
            None => Ok(root),
        };
    }
    let kept = super::Kept::lock(workspace)?;
    let python = interpreter::find()?.main().program.clone();
    let pip = kept.pip(&python)?;
    let wanted = requirements(&pip)?;
    // The folder appears by one rename, so what is there is whole.
    if !is_whole(&root, &wanted) {
        fetch(&pip, &python, &root, &wanted)?;
    }
    Ok(root)
}

/// Returns where the packages lie, whether they are there or not.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    env::test_python().unwrap_or_else(|| workspace.path(super::FOLDER).join("root"))
}

/// Returns the packages with their versions.
fn requirements(pip: &Pip) -> Result<Vec<(&'static str, String)>> {
    PACKAGES
        .iter()
        .map(|name| Ok((*name, pip.version(name)?)))
        .collect()
}

/// Puts all packages into a new folder beside the old one, and that in its place.
fn fetch(pip: &Pip, python: &Path, root: &Path, wanted: &[(&str, String)]) -> Result<()> {
    let new = root.with_extension("new");
    place::remove(&new)?;
    for (name, version) in wanted {
        console::note(format_args!("fetching {name} {version} with pip"));
    }
    pip.install_into(&new, python, PACKAGES)?;
    place::remove(root)?;
    fs::rename(&new, root).with_context(|| format!("cannot create {}", root.display()))
}

/// True where every package is there in its version.
fn is_whole(root: &Path, wanted: &[(&str, String)]) -> bool {
    wanted.iter().all(|(name, version)| {
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
        let wanted = [("peer", "0.26.0".to_owned())];
        fs::create_dir(folder.path().join("peer")).unwrap();
        fs::create_dir(folder.path().join("peer-0.0.1.dist-info")).unwrap();
        assert!(!is_whole(folder.path(), &wanted));
        fs::create_dir(folder.path().join("peer-0.26.0.dist-info")).unwrap();
        assert!(is_whole(folder.path(), &wanted));
    }
}
