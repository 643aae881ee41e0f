//! What the compiler says of itself.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// Returns the triple that the compiler builds for when nothing is said.
pub(crate) fn host() -> Result<String> {
    let facts = process::output(Command::new("rustc").arg("-vV"))?;
    let host = facts.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(ToOwned::to_owned)
        .context("`rustc -vV` names no host")
}

/// Returns the folder of the libraries that programs for this machine are linked with.
pub(crate) fn libraries() -> Result<PathBuf> {
    let folder = process::output(Command::new("rustc").args(["--print", "target-libdir"]))?;
    Ok(PathBuf::from(folder.trim_end()))
}
