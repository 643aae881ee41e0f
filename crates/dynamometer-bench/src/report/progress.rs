//! One line on a terminal that says what is being measured.

use std::io::{IsTerminal as _, Write as _};

/// Shows the text in place of the one before, if standard error is a terminal.
pub(crate) fn progress(text: &str) {
    let mut stream = std::io::stderr();
    if stream.is_terminal() {
        // Progress that cannot be shown is no reason to stop measuring.
        let _ = write!(stream, "\r\x1b[2K{text}");
        let _ = stream.flush();
    }
}

/// Removes the line.
pub(crate) fn clear() {
    progress("");
}
