//! What is wrong with a message, and in which field.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::parse::error::{Found, ParseError, ParseErrorKind};

/// An error that learns its path while it goes up.
#[derive(Debug)]
pub(super) struct Fault(Box<Parts>);

#[derive(Debug)]
struct Parts {
    offset: usize,
    kind: ParseErrorKind,
    expected: Cow<'static, str>,
    found: String,
    /// Fields with their positions, the innermost first.
    path: Vec<(&'static str, Option<usize>)>,
}

impl Fault {
    #[cold]
    pub(super) fn new(
        offset: usize,
        kind: ParseErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: &Found<'_>,
    ) -> Self {
        Self(Box::new(Parts {
            offset,
            kind,
            expected: expected.into(),
            found: found.to_string(),
            path: Vec::new(),
        }))
    }

    /// An error with a sentence of its own for what was found.
    #[cold]
    pub(super) fn in_words(
        offset: usize,
        kind: ParseErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: &str,
    ) -> Self {
        Self::new(offset, kind, expected, &Found::Words(found))
    }

    pub(super) fn into_error(self) -> ParseError {
        let Parts {
            offset,
            kind,
            expected,
            found,
            path,
        } = *self.0;
        let mut text = String::new();
        for (field, position) in path.into_iter().rev() {
            let dot = if text.is_empty() { "" } else { "." };
            let _ = match position {
                Some(position) => write!(text, "{dot}{field}[{position}]"),
                None => write!(text, "{dot}{field}"),
            };
        }
        ParseError::in_bytes(offset, &text, kind, expected, &Found::Words(&found))
    }
}

/// Says in which field something went wrong.
pub(super) trait Within {
    /// In this field.
    fn within(self, field: &'static str) -> Self;

    /// In the field at this position of a repeated one, from 0.
    fn within_nth(self, field: &'static str, position: usize) -> Self;
}

impl<T> Within for Result<T, Fault> {
    fn within(self, field: &'static str) -> Self {
        self.map_err(|mut fault| {
            fault.0.path.push((field, None));
            fault
        })
    }

    fn within_nth(self, field: &'static str, position: usize) -> Self {
        self.map_err(|mut fault| {
            fault.0.path.push((field, Some(position)));
            fault
        })
    }
}
