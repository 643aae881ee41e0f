//! Transparent huge pages: their mode, and forcing them for a moment.

use std::fs;
use std::sync::{Mutex, Once, PoisonError};

use anyhow::{Context as _, Result};

const FILE: &str = "/sys/kernel/mm/transparent_hugepage/enabled";

/// What to write back, while the mode is forced.
static PREVIOUS: Mutex<Option<String>> = Mutex::new(None);

/// The mode is `always` while this lives.
///
/// It is put back on drop, hence also when a panic unwinds, and on Ctrl-C.
#[derive(Debug)]
pub(crate) struct Forced(());

impl Drop for Forced {
    fn drop(&mut self) {
        restore();
    }
}

/// Returns what the kernel says, such as `always [madvise] never`.
pub(crate) fn mode() -> String {
    fs::read_to_string(FILE).map_or_else(|_| "unknown".to_owned(), |mode| mode.trim().to_owned())
}

/// Sets the mode of the whole system to `always`.
///
/// # Errors
///
/// When the user is not root or the kernel has no huge pages.
pub(crate) fn force() -> Result<Forced> {
    static HANDLER: Once = Once::new();
    let mode = mode();
    let previous = chosen(&mode)
        .with_context(|| format!("{FILE} reads {mode:?}"))?
        .to_owned();
    let mut handler = Ok(());
    HANDLER.call_once(|| {
        handler = ctrlc::set_handler(|| {
            restore();
            std::process::exit(130);
        });
    });
    handler.context("cannot handle Ctrl-C, so huge pages are not forced")?;
    // Kept before it is overwritten: whatever happens then puts it back.
    *PREVIOUS.lock().unwrap_or_else(PoisonError::into_inner) = Some(previous);
    let forced = Forced(());
    fs::write(FILE, "always")
        .with_context(|| format!("--thp must write {FILE}, which needs root"))?;
    Ok(forced)
}

fn restore() {
    let previous = PREVIOUS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    if let Some(previous) = previous {
        // An error here is one of the write before: then nothing was changed.
        let _ = fs::write(FILE, previous);
    }
}

fn chosen(mode: &str) -> Option<&str> {
    mode.split_once('[')?
        .1
        .split_once(']')
        .map(|(chosen, _)| chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_mode_is_in_brackets() {
        assert_eq!(chosen("always [madvise] never"), Some("madvise"));
        assert_eq!(chosen("unknown"), None);
    }
}
