//! What is wrong with a web config, and where.

use std::fmt;
use std::path::Path;

use serde_saphyr::{Location, Spanned};

use crate::error::{Error, ErrorKind};

/// Something in the file that can not be used.
#[derive(Debug)]
pub(super) struct Fault {
    location: Option<Location>,
    message: String,
}

impl Fault {
    pub(super) fn at<T>(place: &Spanned<T>, message: impl Into<String>) -> Self {
        Self {
            location: Some(place.referenced),
            message: message.into(),
        }
    }

    pub(super) fn of_file(message: impl Into<String>) -> Self {
        Self {
            location: None,
            message: message.into(),
        }
    }

    /// Takes over what the parser says, without the lines around it: they may hold
    /// secrets.
    pub(super) fn of_yaml(error: &serde_saphyr::Error, text: &str) -> Self {
        let location = error.location();
        let mut message = error.without_snippet().to_string();
        if let Some(location) = location {
            let suffix = format!(" at line {}, column {}", location.line(), location.column());
            message.truncate(
                message
                    .strip_suffix(&suffix)
                    .map_or(message.len(), str::len),
            );
            if let Some(key) = key_at(text, location) {
                message = format!("`{key}`: {message}");
            }
        }
        Self { location, message }
    }

    /// The error of a file with this fault.
    pub(super) fn in_file(self, path: &Path) -> Error {
        Error::new(
            ErrorKind::Config,
            format!("the web config {}{self}", path.display()),
        )
    }
}

/// The key on the line of `location`, where its value is what is wrong.
fn key_at(text: &str, location: Location) -> Option<&str> {
    let line = usize::try_from(location.line()).ok()?.checked_sub(1)?;
    let before = usize::try_from(location.column()).ok()?.checked_sub(1)?;
    let (key, _) = text.lines().nth(line)?.split_once(':')?;
    let is_before = key.chars().count() < before;
    is_before.then(|| key.trim_matches([' ', '-', '"', '\'']))
}

impl fmt::Display for Fault {
    /// Writes `:line:column: message`, to follow the name of the file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = self.location {
            write!(f, ":{}:{}", location.line(), location.column())?;
        }
        write!(f, ": {}", self.message)
    }
}
