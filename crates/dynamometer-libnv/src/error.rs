//! Why the other side refused something, or this one did.

use std::fmt;

use crate::abi::{self, Status};

/// A refusal, as it crosses the boundary between languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    status: Status,
    message: String,
    existing: String,
}

impl Error {
    /// Makes an error; the message says what was attempted and with what.
    pub fn new(status: Status, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            existing: String::new(),
        }
    }

    /// Adds what the name stands for already, for a mismatch.
    #[must_use]
    pub fn with_existing(mut self, existing: impl Into<String>) -> Self {
        self.existing = existing.into();
        self
    }

    pub(crate) fn argument(message: impl Into<String>) -> Self {
        Self::new(Status::INVALID_ARGUMENT, message)
    }

    /// There is no table that this copy could use.
    pub(crate) fn unavailable() -> Self {
        Self::new(
            Status::ABI_MISMATCH,
            format!(
                "another copy of libnv owns this process, and does not speak version {} of the ABI",
                abi::ABI
            ),
        )
    }

    /// What kind of mistake it is.
    pub fn status(&self) -> Status {
        self.status
    }

    /// What was attempted and with what.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What the name stands for already, where that is the mistake.
    pub fn existing(&self) -> Option<&str> {
        Some(&*self.existing).filter(|existing| !existing.is_empty())
    }

    pub(crate) fn to_abi(&self) -> abi::Error {
        abi::Error {
            struct_size: size_of::<abi::Error>(),
            status: self.status,
            message: abi::Str::of(&self.message),
            existing: abi::Str::of(&self.existing),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match self.existing() {
            Some(existing) => write!(f, "; it is {existing}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
