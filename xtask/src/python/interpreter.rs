//! The Pythons of this machine.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::{env, process};

/// The versions that everything must work on.
const TESTED: [Version; 4] = [
    Version(3, 10),
    Version(3, 11),
    Version(3, 12),
    Version(3, 13),
];

/// The version that all checks run on, where it is there: the numbers are its.
const PREFERRED: Version = Version(3, 11);

/// Says what a program is, if it is a Python.
const WHO: &str = "import sys; print(*sys.version_info[:2], sys.executable)";

/// A version of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(u8, u8);

/// A Python that can be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Interpreter {
    pub(crate) version: Version,
    pub(crate) program: PathBuf,
}

/// What was found, and what was not.
#[derive(Debug)]
pub(crate) struct Found {
    /// At most one of each version, the oldest first; never empty.
    pub(crate) interpreters: Vec<Interpreter>,
    pub(crate) missing: Vec<Version>,
}

/// Finds one Python of each tested version, and the plain one if it is newer.
///
/// # Errors
///
/// When there is none that is new enough.
pub(crate) fn find() -> Result<Found> {
    let mut interpreters: Vec<_> = TESTED.into_iter().filter_map(of_version).collect();
    let missing = TESTED
        .into_iter()
        .filter(|version| interpreters.iter().all(|found| found.version != *version))
        .collect();
    if let Some(plain) = ask(Path::new("python3"))
        && plain.version >= TESTED[0]
        && interpreters
            .iter()
            .all(|found| found.version != plain.version)
    {
        interpreters.push(plain);
    }
    if interpreters.is_empty() {
        bail!(
            "there is no Python from {} on here; install one (Debian package python3)",
            TESTED[0]
        );
    }
    Ok(Found {
        interpreters,
        missing,
    })
}

/// Returns the Python of a version that is on the path, or one of pyenv's.
fn of_version(version: Version) -> Option<Interpreter> {
    let named = PathBuf::from(format!("python{version}"));
    let plain = PathBuf::from("python3");
    [named]
        .into_iter()
        .chain(of_pyenv(version))
        .chain([plain])
        .filter_map(|program| ask(&program))
        .find(|found| found.version == version)
}

/// Returns pyenv's Pythons of a version.
fn of_pyenv(version: Version) -> Vec<PathBuf> {
    let beginning = format!("{version}.");
    let folders = env::pyenv().and_then(|root| std::fs::read_dir(root.join("versions")).ok());
    let names = folders.into_iter().flatten().flatten();
    let mut programs: Vec<_> = names
        .filter(|folder| folder.file_name().to_string_lossy().starts_with(&beginning))
        .map(|folder| folder.path().join("bin/python3"))
        .collect();
    programs.sort();
    programs
}

/// Asks a program which Python it is; one that does not start, or not here, is none.
///
/// It names itself, because what is on the path may be a script of pyenv's.
fn ask(program: &Path) -> Option<Interpreter> {
    let answer = process::output(Command::new(program).args(["-c", WHO])).ok()?;
    parse(answer.trim_end())
}

fn parse(answer: &str) -> Option<Interpreter> {
    let mut words = answer.splitn(3, ' ');
    let mut number = || words.next()?.parse().ok();
    let version = Version(number()?, number()?);
    Some(Interpreter {
        version,
        program: PathBuf::from(words.next()?),
    })
}

// === impl Found ===

impl Found {
    /// Returns the Python that all checks run on.
    pub(crate) fn main(&self) -> &Interpreter {
        let preferred = |found: &&Interpreter| found.version == PREFERRED;
        let newest = &self.interpreters[self.interpreters.len() - 1];
        self.interpreters.iter().find(preferred).unwrap_or(newest)
    }

    /// Returns what is missing in words, if anything is.
    pub(crate) fn remark(&self) -> Option<String> {
        if self.missing.is_empty() {
            return None;
        }
        let list = |versions: Vec<String>| versions.join(", ");
        let of = |found: &Interpreter| found.version.to_string();
        Some(format!(
            "without Python {}, not found here; with {}",
            list(self.missing.iter().map(Version::to_string).collect()),
            list(self.interpreters.iter().map(of).collect())
        ))
    }
}

// === impl Version ===

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(minors: &[u8]) -> Found {
        let of = |minor: &u8| Interpreter {
            version: Version(3, *minor),
            program: PathBuf::from("python3"),
        };
        let has = |version: &Version| minors.contains(&version.1);
        Found {
            interpreters: minors.iter().map(of).collect(),
            missing: TESTED.into_iter().filter(|v| !has(v)).collect(),
        }
    }

    #[test]
    fn a_python_names_itself_whatever_its_path_has_in_it() {
        let expected = Interpreter {
            version: Version(3, 12),
            program: PathBuf::from("/opt/my python/bin/python3"),
        };
        assert_eq!(parse("3 12 /opt/my python/bin/python3"), Some(expected));
        assert_eq!(parse("pyenv: python3.9: command not found"), None);
    }

    #[test]
    fn all_checks_run_on_the_preferred_version_or_else_the_newest() {
        assert_eq!(found(&[10, 11, 13]).main().version, Version(3, 11));
        assert_eq!(found(&[10, 12, 13]).main().version, Version(3, 13));
    }

    #[test]
    fn versions_that_are_missing_are_named() {
        let expected = "without Python 3.10, 3.12, not found here; with 3.11, 3.13";
        assert_eq!(found(&[11, 13]).remark().as_deref(), Some(expected));
        assert_eq!(found(&[10, 11, 12, 13]).remark(), None);
    }
}
