//! What xtask writes: coloured on a terminal, plain in a pipe.

use std::fmt;
use std::time::Duration;

use clap::builder::styling::{AnsiColor, Style};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// The colour of good news.
pub(crate) const GREEN: Style = AnsiColor::Green.on_default().bold();
/// The colour of bad news.
pub(crate) const RED: Style = AnsiColor::Red.on_default().bold();
/// The colour of things left out.
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default().bold();

/// Writes a heading.
pub(crate) fn heading(text: &str) {
    anstream::println!("\n{BOLD}== {text}{BOLD:#}");
}

/// Writes a command that is about to run, on standard error.
pub(crate) fn command(line: impl fmt::Display) {
    anstream::eprintln!("{DIM}$ {line}{DIM:#}");
}

/// Writes a remark about what is going on, on standard error.
pub(crate) fn note(text: impl fmt::Display) {
    anstream::eprintln!("{DIM}{text}{DIM:#}");
}

/// Writes an error, on standard error.
pub(crate) fn error(text: &str) {
    anstream::eprintln!("{RED}error:{RED:#} {text}");
}

/// Writes a line of result.
pub(crate) fn line(text: impl fmt::Display) {
    anstream::println!("{text}");
}

/// Returns text in a style; the style vanishes where the output is a pipe.
pub(crate) fn styled(style: Style, text: impl fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Returns a duration as seconds with one decimal.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
