//! `cargo xtask servers`: the server programs that tests start.
//!
//! Packages are unpacked below the target folder, by the user who runs us:
//! nothing is installed, no service is started, no file of the system changes.

mod apt;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use self::apt::Apt;
use self::table::PACKAGES;
use crate::workspace::Workspace;
use crate::{console, env, place, process};

/// Where everything is kept, below the workspace's root.
///
/// Not below `CARGO_TARGET_DIR`: a test must find the programs from its own
/// manifest when it is started without xtask.
const FOLDER: &str = "target/servers";

/// Arguments of `cargo xtask servers`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask servers
  DYN_TEST_SERVERS=$(cargo xtask servers --print) cargo nextest run

A folder in DYN_TEST_SERVERS is taken as it is, and nothing is fetched.")]
pub(crate) struct Args {
    /// Print the folder of the programs and nothing else
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
    for program in programs() {
        console::line(format_args!("{}: {}", program, version(&folder, program)?));
    }
    console::line(format_args!("in {}", folder.display()));
    Ok(ExitCode::SUCCESS)
}

/// Returns the folder of the programs, after fetching what is missing.
pub(crate) fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(chosen) = env::test_servers() {
        return match missing(&chosen) {
            Some(program) => {
                bail!(
                    "{} is set to {}, which has no {program}",
                    env::TEST_SERVERS,
                    chosen.display()
                )
            }
            None => Ok(chosen),
        };
    }
    let folder = workspace.path(FOLDER);
    let programs = programs_below(&folder.join("root"));
    // The tree appears by one rename, so what is there is whole.
    if missing(&programs).is_none() {
        return Ok(programs);
    }
    place::create(&folder)?;
    let _lock = place::lock(&folder.join("lock"))?;
    if missing(&programs).is_some() {
        fetch(&folder)?;
    }
    Ok(programs)
}

/// Returns where the programs lie, whether they are there or not.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    env::test_servers().unwrap_or_else(|| programs_below(&workspace.path(FOLDER).join("root")))
}

/// Builds a new tree of all packages beside the old one, and puts it in place.
///
/// The caller holds the lock.
fn fetch(folder: &Path) -> Result<()> {
    let apt = Apt::below(&folder.join("apt"))?;
    let new = folder.join("root.new");
    place::remove(&new)?;
    for package in PACKAGES {
        console::note(format_args!("fetching {} with apt-get", package.name));
        let archive = apt.download(package.name)?;
        process::output(Command::new("dpkg-deb").arg("-x").arg(archive).arg(&new))
            .with_context(|| format!("cannot unpack {}", package.name))?;
    }
    for program in programs() {
        version(&programs_below(&new), program)
            .with_context(|| format!("{program} was fetched but does not run"))?;
    }
    apt.discard_archives()?;
    let root = folder.join("root");
    place::remove(&root)?;
    fs::rename(&new, &root).with_context(|| format!("cannot create {}", root.display()))
}

fn programs() -> impl Iterator<Item = &'static str> {
    PACKAGES
        .iter()
        .flat_map(|package| package.programs.iter().copied())
}

fn programs_below(root: &Path) -> PathBuf {
    root.join("usr/bin")
}

fn missing(folder: &Path) -> Option<&'static str> {
    programs().find(|program| !folder.join(program).is_file())
}

/// Returns the first line of a program's `--version`.
fn version(folder: &Path, program: &str) -> Result<String> {
    let text = process::output(Command::new(folder.join(program)).arg("--version"))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_one_program_short_is_not_whole() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(missing(folder.path()), Some("prometheus"));
        fs::write(folder.path().join("prometheus"), "").unwrap();
        assert_eq!(missing(folder.path()), Some("promtool"));
        fs::write(folder.path().join("promtool"), "").unwrap();
        assert_eq!(missing(folder.path()), None);
    }
}
