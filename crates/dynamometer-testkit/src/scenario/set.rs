//! A folder of scenario files.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use crate::scenario::file::{self, Scenario};

/// The folder of the project's own scenarios.
pub const SCENARIOS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/conformance");

/// The one file in the folder that holds no scenarios but sanitisers' vectors.
pub(crate) const VECTORS: &str = "sanitisers.json";

/// Scenarios, by the files they come from.
#[derive(Debug)]
pub struct ScenarioSet {
    pub(crate) files: Vec<(String, Vec<Scenario>)>,
}

/// A scenario file that can not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    path: PathBuf,
    message: String,
}

impl ScenarioSet {
    /// Reads all scenarios of a folder: its `*.json` but `sanitisers.json`.
    ///
    /// Everything is checked before anything runs.
    ///
    /// # Errors
    ///
    /// Says in which file, scenario and step something is not as
    /// `tests/conformance/README.md` has it: no scenario at all, an unknown step
    /// or field, a capability that is used and not required.
    pub fn load(folder: impl AsRef<Path>) -> Result<Self, LoadError> {
        let folder = folder.as_ref();
        let mut files = Vec::new();
        for path in json_files(folder)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name == VECTORS {
                continue;
            }
            let scenarios =
                file::parse(&read(&path)?).map_err(|error| LoadError::new(&path, error))?;
            files.push((name.into_owned(), scenarios));
        }
        let set = Self { files };
        // A wrong path must not look like a container that passes everything.
        if set.is_empty() {
            return Err(LoadError::new(
                folder,
                "there is no scenario in this folder",
            ));
        }
        Ok(set)
    }

    /// The number of scenarios.
    pub fn len(&self) -> usize {
        self.files
            .iter()
            .map(|(_, scenarios)| scenarios.len())
            .sum()
    }

    /// True where there is no scenario; never after [`load`](Self::load).
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn json_files(folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let wrong = |error: std::io::Error| LoadError::new(folder, error.to_string());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

pub(crate) fn read(path: &Path) -> Result<String, LoadError> {
    fs::read_to_string(path).map_err(|error| LoadError::new(path, error.to_string()))
}

impl LoadError {
    pub(crate) fn new(path: &Path, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            message: message.into(),
        }
    }

    /// The file or folder.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for LoadError {}
