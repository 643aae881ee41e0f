//! pip, in a version of our own, which installs everything else.
//!
//! It works on any Python's environment from outside: environments need no pip of
//! their own, and no package of Debian's beyond Python.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::table::{CONSTRAINTS, PIP};
use crate::workspace::Workspace;
use crate::{console, place, process};

/// What every call of pip is told, ours or the one that fetches ours.
const QUIETLY: [&str; 5] = [
    "--quiet",
    "--no-input",
    "--disable-pip-version-check",
    "--root-user-action",
    "ignore",
];

/// pip, and what it installs from.
#[derive(Debug)]
pub(crate) struct Pip {
    folder: PathBuf,
    constraints: PathBuf,
    versions: String,
}

// === impl Pip ===

impl Pip {
    /// Fetches pip below a folder with the one that this machine has, if need be.
    ///
    /// The caller holds the lock of the folder.
    pub(crate) fn below(folder: &Path, workspace: &Workspace, python: &Path) -> Result<Self> {
        let constraints = workspace.path(CONSTRAINTS);
        let versions = fs::read_to_string(&constraints)
            .with_context(|| format!("cannot read {}", constraints.display()))?;
        let pip = Self {
            folder: folder.join(PIP),
            constraints,
            versions,
        };
        let wanted = pip.requirement(PIP)?;
        let mark = pip.folder.join("version");
        if fs::read_to_string(&mark).is_ok_and(|version| version == wanted) {
            return Ok(pip);
        }
        let python = which_has_pip(python)?;
        console::note(format_args!(
            "fetching {wanted} with the pip of {}",
            python.display()
        ));
        place::remove(&pip.folder)?;
        let mut install = Command::new(python);
        install
            .args(["-m", PIP, "install", "--no-deps"])
            .args(QUIETLY);
        install.arg("--target").arg(&pip.folder).arg(&wanted);
        fetched(&mut install)?;
        fs::write(&mark, wanted).with_context(|| format!("cannot write {}", mark.display()))?;
        Ok(pip)
    }

    /// Returns the folder that has it, for Python's path.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns every version, which says whether an environment is up to date.
    pub(crate) fn versions(&self) -> &str {
        &self.versions
    }

    /// Returns a package as pip takes it, in its version.
    pub(crate) fn requirement(&self, package: &str) -> Result<String> {
        let lines = self.versions.lines();
        let name = |line: &str| line.split("==").next().map(canonical);
        match lines
            .into_iter()
            .find(|line| name(line) == Some(canonical(package)))
        {
            Some(line) => Ok(line.to_owned()),
            None => bail!("{CONSTRAINTS} has no version of {package}"),
        }
    }

    /// Returns a package's version.
    pub(crate) fn version(&self, package: &str) -> Result<String> {
        let requirement = self.requirement(package)?;
        let version = requirement.split(['=', ';']).nth(2).unwrap_or_default();
        Ok(version.trim().to_owned())
    }

    /// Installs packages, and what they need, for a Python.
    pub(crate) fn install(&self, python: &Path, packages: &[&str]) -> Result<()> {
        let mut install = self.command(python, ["install", "--no-compile"]);
        install.arg("--constraint").arg(&self.constraints);
        fetched(install.args(packages))
    }

    /// Installs packages that need no other one into a folder.
    pub(crate) fn install_into(
        &self,
        target: &Path,
        python: &Path,
        packages: &[&str],
    ) -> Result<()> {
        // With a target, pip leaves the system's own packages alone, and so it does
        // not refuse to work where those belong to the distribution.
        let mut install = self.command(python, ["install", "--no-compile", "--no-deps"]);
        install.arg("--constraint").arg(&self.constraints);
        fetched(install.arg("--target").arg(target).args(packages))
    }

    /// Installs a wheel for a Python, in place of what it has of it.
    pub(crate) fn install_wheel(&self, python: &Path, wheel: &Path) -> Result<()> {
        let how = ["install", "--no-index", "--no-deps", "--force-reinstall"];
        process::output(self.command(python, how).arg(wheel)).map(drop)
    }

    fn command<S: AsRef<OsStr>>(
        &self,
        python: &Path,
        args: impl IntoIterator<Item = S>,
    ) -> Command {
        let mut command = Command::new(python);
        command.env("PYTHONPATH", &self.folder).args(["-m", PIP]);
        command.args(args).args(QUIETLY);
        command
    }
}

/// Runs pip; the error of one that fails says where packages come from.
fn fetched(install: &mut Command) -> Result<()> {
    process::output(install).map(drop).context(
        "cannot fetch Python packages; pip asks the index it is configured for \
         (`pip config list`, PIP_INDEX_URL), which must be reachable",
    )
}

/// Returns a Python with a pip of its own, which need not be the one to work for.
fn which_has_pip(python: &Path) -> Result<PathBuf> {
    let candidates = [python, Path::new("python3"), Path::new("/usr/bin/python3")];
    let has =
        |python: &&Path| process::succeeds(Command::new(python).args(["-m", PIP, "--version"]));
    match candidates.into_iter().find(has) {
        Some(python) => Ok(python.to_owned()),
        None => bail!("there is no pip here; install it (Debian package python3-pip)"),
    }
}

/// Returns a name as the index compares it: case and separators do not count.
fn canonical(name: &str) -> String {
    name.trim().to_ascii_lowercase().replace(['_', '.'], "-")
}

#[cfg(test)]
mod tests {
    use super::super::table::{ALL, BENCH, BUILD, HOT, PACKAGES};
    use super::*;

    fn pip() -> Pip {
        let workspace = Workspace::of_this_checkout();
        let constraints = workspace.path(CONSTRAINTS);
        Pip {
            folder: PathBuf::new(),
            versions: fs::read_to_string(&constraints).unwrap(),
            constraints,
        }
    }

    #[test]
    fn every_package_that_is_fetched_has_a_version() {
        let pip = pip();
        let sets = [&[PIP], PACKAGES, BUILD, HOT, ALL, BENCH];
        for package in sets.into_iter().flatten() {
            let requirement = pip.requirement(package).unwrap();
            assert!(requirement.contains("=="), "{requirement}");
        }
    }

    #[test]
    fn a_package_without_a_version_is_named() {
        let error = pip().requirement("left-pad").unwrap_err();
        assert!(
            error.to_string().ends_with("has no version of left-pad"),
            "{error}"
        );
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let pip = pip();
        let written = [
            "prometheus_client",
            "Prometheus-Client",
            "prometheus.client",
        ];
        assert!(written.iter().all(|name| pip.requirement(name).is_ok()));
    }
}
