//! A Python with the wheel in it, for programs that show it.

use std::path::PathBuf;

use anyhow::Result;

use super::table::BUILD;
use super::venv::Venv;
use super::{Kept, interpreter, wheel};
use crate::workspace::Workspace;

/// Returns a Python that can import dynamometer.
///
/// # Errors
///
/// When there is no Python or pip, or what they need cannot be fetched or built.
pub(crate) fn ready(workspace: &Workspace) -> Result<PathBuf> {
    let found = interpreter::find()?;
    let kept = Kept::lock(workspace)?;
    let main = found.main();
    let pip = kept.pip(&main.program)?;
    let venv = Venv::ensure(kept.folder.join("demo"), &pip, main, BUILD)?;
    let wheel = wheel::build(workspace, &venv, &kept.folder.join("wheels-demo"), "dev")?;
    pip.install_wheel(&venv.python(), &wheel)?;
    Ok(venv.python())
}
