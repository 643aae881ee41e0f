//! The report for scripts.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;

use super::row::Row;
use crate::host::Host;

#[derive(Serialize)]
struct Report<'a> {
    host: &'a Host,
    /// How many goals were missed.
    missed: usize,
    rows: &'a [Row],
}

/// Writes the report to the file, or to standard output for the path `-`.
///
/// # Errors
///
/// When it cannot be written.
pub(crate) fn write(path: &Path, host: &Host, missed: usize, rows: &[Row]) -> Result<()> {
    let mut text = serde_json::to_string_pretty(&Report { host, missed, rows })?;
    text.push('\n');
    if path == Path::new("-") {
        std::io::stdout()
            .write_all(text.as_bytes())
            .context("cannot write the JSON")
    } else {
        fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
    }
}
