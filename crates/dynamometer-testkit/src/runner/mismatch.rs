//! What was expected, and what was found.

use std::fmt::Display;

use dynamometer::{Error, ErrorKind};

/// Why a step failed, as the report shows it.
#[derive(Debug)]
pub(crate) struct Mismatch {
    pub(crate) expected: String,
    pub(crate) found: String,
}

impl Mismatch {
    pub(crate) fn new(expected: impl Display, found: impl Display) -> Self {
        Self {
            expected: expected.to_string(),
            found: found.to_string(),
        }
    }

    /// A step names what no step before it made.
    pub(crate) fn missing(kind: &str, name: &str) -> Self {
        Self::new(
            format!("a {kind} called {name:?}"),
            "none: no step before this one makes it",
        )
    }

    /// A mismatch unless `holds`; the texts are made only where they are needed.
    pub(crate) fn unless<E: Display, F: Display>(
        holds: bool,
        texts: impl FnOnce() -> (E, F),
    ) -> Result<(), Self> {
        if holds {
            return Ok(());
        }
        let (expected, found) = texts();
        Err(Self::new(expected, found))
    }

    /// A mismatch unless the error, if there is one, is in these words.
    pub(crate) fn unless_said<T>(
        outcome: &Result<T, Error>,
        message: Option<&str>,
    ) -> Result<(), Self> {
        let found = outcome.as_ref().err().map(ToString::to_string);
        match (message, found) {
            (Some(message), Some(found)) => {
                Self::unless(message == found, || (message.to_owned(), found.clone()))
            }
            _ => Ok(()),
        }
    }

    /// A mismatch unless the call failed with `kind`, or, without one, did not fail.
    pub(crate) fn unless_refused<T>(
        outcome: &Result<T, Error>,
        kind: Option<ErrorKind>,
        success: &str,
    ) -> Result<(), Self> {
        let found = outcome.as_ref().err();
        Self::unless(found.map(Error::kind) == kind, || {
            let expected = kind.map_or(success, |kind| kind.as_str());
            let found = found.map(|error| format!("{}: {error}", error.kind()));
            (expected, found.unwrap_or_else(|| success.to_owned()))
        })
    }
}
