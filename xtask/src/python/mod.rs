//! Python: its packages, its environments, the wheel, and what must hold of it.

mod bench;
mod check;
mod interpreter;
mod packages;
mod pip;
mod ready;
mod table;
mod venv;
mod wheel;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;

pub(crate) use self::bench::bench;
pub(crate) use self::check::check;
pub(crate) use self::packages::{ensure, folder};
use self::pip::Pip;
pub(crate) use self::ready::ready;
use crate::workspace::Workspace;
use crate::{console, place};

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
    if !args.print {
        console::line(table::PACKAGES.join(", "));
        console::line(format_args!("in {}", folder.display()));
        return Ok(ExitCode::SUCCESS);
    }
    console::line(folder.display());
    Ok(ExitCode::SUCCESS)
}

/// What is kept below the target folder, while no other run changes it.
#[derive(Debug)]
struct Kept<'a> {
    workspace: &'a Workspace,
    folder: PathBuf,
    _lock: File,
}

// === impl Kept ===

impl<'a> Kept<'a> {
    /// Waits until no other run changes it.
    fn lock(workspace: &'a Workspace) -> Result<Self> {
        let folder = workspace.path(FOLDER);
        place::create(&folder)?;
        let lock = place::lock(&folder.join("lock"))?;
        Ok(Self {
            workspace,
            folder,
            _lock: lock,
        })
    }

    fn pip(&self, python: &Path) -> Result<Pip> {
        Pip::below(&self.folder, self.workspace, python)
    }
}
