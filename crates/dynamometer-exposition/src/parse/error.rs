//! Why a page could not be read, and where.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// The most characters of a page that a message shows.
const SHOWN: usize = 40;

/// What is wrong with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// Text that is not UTF-8.
    Encoding,
    /// A line, or a message, that the format's grammar does not allow.
    Syntax,
    /// A number that is none, or none of the type wanted here.
    Number,
    /// A name that clashes with another one.
    Name,
    /// A `HELP`, `TYPE` or `UNIT` that is repeated, late or wrong for its family.
    Metadata,
    /// Labels that are repeated, reserved, missing, or wrong for their family.
    Label,
    /// A value that its family can not have.
    Value,
    /// A series, or a part of one, that was there before.
    Duplicate,
    /// Lines that belong together and stand apart, or times that go backwards.
    Order,
    /// Something that must be there and is not.
    Incomplete,
    /// More, or longer, than this library takes.
    Limit,
}

/// Where in a page: lines are for text, bytes for protobuf.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Line { line: usize, column: usize },
    Byte { offset: usize, path: Box<str> },
}

/// A page that can not be read: where, what was expected, and what was found.
#[derive(Clone, PartialEq, Eq)]
pub struct ParseError(Box<Parts>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Parts {
    kind: ParseErrorKind,
    place: Place,
    expected: Cow<'static, str>,
    found: Box<str>,
}

impl ParseError {
    /// An error in `page`, at `offset` bytes, which is the beginning of a character.
    pub(super) fn in_text(
        page: &str,
        offset: usize,
        kind: ParseErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: &Found<'_>,
    ) -> Self {
        let before = page.get(..offset).unwrap_or(page);
        let start = before.rfind('\n').map_or(0, |feed| feed + 1);
        let place = Place::Line {
            line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: before[start..].chars().count() + 1,
        };
        Self::new(place, kind, expected, found)
    }

    /// An error in a protobuf page, in the field at `path`.
    pub(super) fn in_bytes(
        offset: usize,
        path: &str,
        kind: ParseErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: &Found<'_>,
    ) -> Self {
        let path = path.into();
        Self::new(Place::Byte { offset, path }, kind, expected, found)
    }

    fn new(
        place: Place,
        kind: ParseErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: &Found<'_>,
    ) -> Self {
        Self(Box::new(Parts {
            kind,
            place,
            expected: expected.into(),
            found: found.to_string().into(),
        }))
    }

    /// What is wrong.
    pub fn kind(&self) -> ParseErrorKind {
        self.0.kind
    }

    /// The line, from 1; `None` in a protobuf page.
    pub fn line(&self) -> Option<usize> {
        match self.0.place {
            Place::Line { line, .. } => Some(line),
            Place::Byte { .. } => None,
        }
    }

    /// The column, from 1 and in characters; `None` in a protobuf page.
    pub fn column(&self) -> Option<usize> {
        match self.0.place {
            Place::Line { column, .. } => Some(column),
            Place::Byte { .. } => None,
        }
    }

    /// The bytes before the place in a protobuf page; `None` in text.
    pub fn offset(&self) -> Option<usize> {
        match self.0.place {
            Place::Byte { offset, .. } => Some(offset),
            Place::Line { .. } => None,
        }
    }

    /// The field of a protobuf page, such as `family[2].metric[0].label`.
    pub fn path(&self) -> Option<&str> {
        match &self.0.place {
            Place::Byte { path, .. } => Some(path),
            Place::Line { .. } => None,
        }
    }

    /// What should have been there, in words.
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// What was there: up to 40 characters of it, escaped and in quotes, or words.
    pub fn found(&self) -> &str {
        &self.0.found
    }
}

impl Error for ParseError {}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts {
            place,
            expected,
            found,
            ..
        } = &*self.0;
        match place {
            Place::Line { line, column } => write!(f, "line {line}, column {column}")?,
            Place::Byte { offset, path } => write!(f, "byte {offset}, {path}")?,
        }
        write!(f, ": expected {expected}, found {found}")
    }
}

impl fmt::Debug for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What was found in a page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found<'a> {
    /// The character that the text begins with, or the end of its line.
    Next(&'a str),
    /// This text.
    Text(&'a str),
    /// Something in words.
    Words(&'a str),
    /// A byte that is no text.
    Byte(u8),
}

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Next(text) => match text.chars().next() {
                None | Some('\n') => f.write_str("the end of the line"),
                Some(char) => write!(f, "'{}'", char.escape_debug()),
            },
            Self::Text(text) => {
                let line = text.lines().next().unwrap_or_default();
                let shown: String = line.chars().take(SHOWN).collect();
                let rest = if shown.len() < line.len() { "…" } else { "" };
                write!(f, "\"{}{rest}\"", shown.escape_debug())
            }
            Self::Words(words) => f.write_str(words),
            Self::Byte(byte) => write!(f, "the byte {byte:#04x}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let page = "# é\nä{ö x";
        let at = page.find('x').unwrap();
        let found = Found::Next(&page[at..]);
        let error = ParseError::in_text(page, at, ParseErrorKind::Syntax, "'y'", &found);
        assert_eq!((error.line(), error.column()), (Some(2), Some(5)));
        let shown = error.to_string();
        assert_eq!(shown, "line 2, column 5: expected 'y', found 'x'");
    }

    #[test]
    fn what_was_found_is_shortened_and_escaped() {
        let long = "\u{7}".repeat(50);
        let found = Found::Text(&long).to_string();
        assert_eq!(found, format!("\"{}…\"", "\\u{7}".repeat(40)));
        assert_eq!(Found::Next("\n").to_string(), "the end of the line");
        assert_eq!(Found::Next("'").to_string(), "'\\''");
    }
}
