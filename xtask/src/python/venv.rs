//! Virtual environments below the target folder, made again when they are stale.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::interpreter::{Interpreter, Version};
use super::pip::Pip;
use crate::{console, place, process};

/// The file that says what an environment was made of.
const MARK: &str = "made-of";

/// A virtual environment with its packages.
#[derive(Debug)]
pub(crate) struct Venv {
    pub(crate) version: Version,
    folder: PathBuf,
}

// === impl Venv ===

impl Venv {
    /// Returns an environment with these packages and what they need.
    ///
    /// It is made anew when it is of another Python, or of other versions. The
    /// caller holds the lock.
    pub(crate) fn ensure(
        folder: PathBuf,
        pip: &Pip,
        interpreter: &Interpreter,
        packages: &[&str],
    ) -> Result<Self> {
        let Interpreter { version, program } = interpreter;
        let of = [
            &*program.to_string_lossy(),
            &packages.join(" "),
            pip.versions(),
        ]
        .join("\n");
        let mark = folder.join(MARK);
        if fs::read_to_string(&mark).is_ok_and(|made_of| made_of == of) {
            return Ok(Self {
                version: *version,
                folder,
            });
        }
        console::note(format_args!(
            "making an environment of Python {version}, fetching {}",
            packages.join(", ")
        ));
        place::remove(&folder)?;
        process::output(
            Command::new(program)
                .args(["-m", "venv", "--without-pip"])
                .arg(&folder),
        )?;
        let venv = Self {
            version: *version,
            folder,
        };
        pip.install(&venv.python(), packages)?;
        fs::write(&mark, of).with_context(|| format!("cannot write {}", mark.display()))?;
        Ok(venv)
    }

    /// Returns its Python.
    pub(crate) fn python(&self) -> PathBuf {
        self.program("python")
    }

    /// Returns a program that one of its packages brings.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.folder.join("bin").join(name)
    }

    /// Returns a command of its Python that runs a module.
    ///
    /// What Python compiles goes to one folder, not beside the sources.
    pub(crate) fn module(&self, name: &str, cache: &Path) -> Command {
        let mut command = Command::new(self.python());
        command.env("PYTHONPYCACHEPREFIX", cache).args(["-m", name]);
        command
    }
}
