//! The writing of a page, again and again.

use std::hint::black_box;

use anyhow::{Context as _, Result};

use super::content::Content;
use super::load::Load;
use super::{COUNTERS, HISTOGRAMS};
use crate::harness::{Pass, Racer};

/// Writes a page in place of what the buffer holds, which is the last one.
pub(crate) type Write = Box<dyn FnMut(&mut Vec<u8>)>;

/// What a page must hold, and in what form.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Format {
    /// Lines of counters.
    Lines,
    /// Lines of histograms.
    HistogramLines,
    /// Messages of counters.
    Messages,
}

impl Format {
    /// Checks that the page holds the load.
    ///
    /// # Errors
    ///
    /// When it does not.
    pub(crate) fn check(self, page: &[u8], load: &Load) -> Result<()> {
        match self {
            Self::Lines => Content::of_lines(page, COUNTERS)?.ensure(load.counted()),
            Self::HistogramLines => {
                let count = format!("{HISTOGRAMS}_count");
                Content::of_lines(page, &count)?.ensure(load.observed())
            }
            Self::Messages => Content::of_messages(page, COUNTERS)?.ensure(load.counted()),
        }
    }
}

/// Returns the racer whose writer holds the load.
pub(crate) fn written(
    library: &'static str,
    form: &'static str,
    format: Format,
    load: &Load,
    writer: impl FnOnce(&Load) -> Result<Write> + 'static,
) -> Racer {
    let load = load.clone();
    Racer::new(library, form, move || {
        let mut write = writer(&load)?;
        let mut page = Vec::new();
        write(&mut page);
        format
            .check(&page, &load)
            .with_context(|| format!("{library} {form}"))?;
        let pass: Pass = Box::new(move || {
            write(&mut page);
            black_box(&page);
            Ok(())
        });
        Ok(pass)
    })
}
