//! The page that a family comes from, to say where it is wrong.

use std::borrow::Cow;

use crate::parse::error::{Found, ParseError, ParseErrorKind};

/// A page of text, of which errors name a place.
#[derive(Clone, Copy, Debug)]
pub(in crate::parse) struct Source<'a> {
    page: &'a str,
}

impl<'a> Source<'a> {
    pub(in crate::parse) fn new(page: &'a str) -> Self {
        Self { page }
    }

    /// An error at `found`, which is a part of the page.
    #[cold]
    pub(in crate::parse) fn error(
        self,
        kind: ParseErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: &str,
    ) -> ParseError {
        self.error_in_words(kind, expected, found, &Found::Text(found))
    }

    /// An error at `part` of the page, where something else was found.
    #[cold]
    pub(in crate::parse) fn error_in_words(
        self,
        kind: ParseErrorKind,
        expected: impl Into<Cow<'static, str>>,
        part: &str,
        found: &Found<'_>,
    ) -> ParseError {
        let offset = (part.as_ptr() as usize).wrapping_sub(self.page.as_ptr() as usize);
        ParseError::in_text(self.page, offset, kind, expected, found)
    }
}
