//! Why a source could not be read.

use std::error::Error;
use std::{fmt, io};

/// What kind of failure a [`SourceError`] reports. Stable, unlike messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SourceErrorKind {
    /// The source itself failed.
    Failed,
    /// What it returned is not in the format that it should be in.
    Format,
    /// It panicked.
    Panicked,
    /// It takes longer than its timeout.
    TimedOut,
    /// It took a snapshot of the container that is waiting for it.
    Nested,
    /// The process has no thread left to read it on.
    NoThread,
}

/// A source that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceError {
    kind: SourceErrorKind,
    message: String,
}

impl SourceError {
    /// Makes an error.
    ///
    /// The message says what was attempted and with what.
    pub fn new(kind: SourceErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
        }
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> SourceErrorKind {
        self.kind
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for SourceError {}

impl From<io::Error> for SourceError {
    fn from(error: io::Error) -> Self {
        Self::new(SourceErrorKind::Failed, error.to_string())
    }
}

impl From<String> for SourceError {
    fn from(message: String) -> Self {
        Self::new(SourceErrorKind::Failed, message)
    }
}

impl From<&str> for SourceError {
    fn from(message: &str) -> Self {
        Self::new(SourceErrorKind::Failed, message)
    }
}

impl From<Box<dyn Error + Send + Sync>> for SourceError {
    fn from(error: Box<dyn Error + Send + Sync>) -> Self {
        Self::new(SourceErrorKind::Failed, error.to_string())
    }
}
