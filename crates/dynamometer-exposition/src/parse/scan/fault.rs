//! What is wrong with a line, before it is known where the line is.

use std::borrow::Cow;

use crate::parse::error::{Found, ParseError, ParseErrorKind};

/// A place in a line and what should be there; cheap to make.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fault<'a> {
    /// Bytes of the line before the place.
    at: usize,
    kind: ParseErrorKind,
    expected: &'static str,
    /// What `expected` is about, in quotes behind it.
    of: Option<&'a str>,
    /// What was found there; without it, the next character.
    found: Option<&'a str>,
}

impl<'a> Fault<'a> {
    #[cold]
    pub(super) fn new(at: usize, expected: &'static str) -> Self {
        Self {
            at,
            kind: ParseErrorKind::Syntax,
            expected,
            of: None,
            found: None,
        }
    }

    pub(super) fn kind(self, kind: ParseErrorKind) -> Self {
        Self { kind, ..self }
    }

    pub(super) fn of(self, name: &'a str) -> Self {
        let of = Some(name);
        Self { of, ..self }
    }

    pub(super) fn found(self, text: &'a str) -> Self {
        let found = Some(text);
        Self { found, ..self }
    }

    /// The same, in a line that begins `indent` bytes earlier.
    pub(super) fn shifted(self, indent: usize) -> Self {
        let at = self.at + indent;
        Self { at, ..self }
    }

    /// The error, in a line that begins `start` bytes into the page.
    #[cold]
    pub(super) fn on_page(self, page: &str, start: usize) -> ParseError {
        let at = start + self.at;
        let found = match self.found {
            Some(text) if !text.is_empty() => Found::Text(text),
            _ => Found::Next(page.get(at..).unwrap_or_default()),
        };
        let expected: Cow<_> = match self.of {
            Some(name) => format!("{} {}", self.expected, Found::Text(name)).into(),
            None => self.expected.into(),
        };
        ParseError::in_text(page, at, self.kind, expected, &found)
    }
}
