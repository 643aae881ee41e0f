//! The labels of a line: checked once, read when they are asked for.

use std::iter::FusedIterator;

use crate::parse::scan::dialect::Dialect;
use crate::parse::scan::escaped::Escaped;
use crate::parse::scan::fault::Fault;
use crate::parse::scan::shared::{Checked, Shared};
use crate::parse::scan::token::{blanks, label_name, quoted};

/// The labels of a line, in their order on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Labels<'a> {
    /// What stands between the braces, checked.
    text: &'a str,
}

/// A label's name and value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// The name, which is any text where it was in quotes.
    pub name: Escaped<'a>,
    /// The value.
    pub value: Escaped<'a>,
}

impl<'a> Labels<'a> {
    /// What stands between the braces; with the series' name, where it is there.
    pub fn text(self) -> &'a str {
        self.text
    }

    /// The names and values.
    pub fn iter(self) -> LabelIter<'a> {
        LabelIter {
            text: self.text,
            at: 0,
        }
    }
}

impl<'a> IntoIterator for Labels<'a> {
    type Item = Label<'a>;
    type IntoIter = LabelIter<'a>;

    fn into_iter(self) -> LabelIter<'a> {
        self.iter()
    }
}

/// The labels of a line, one by one.
#[derive(Clone, Debug)]
pub struct LabelIter<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for LabelIter<'a> {
    type Item = Label<'a>;

    fn next(&mut self) -> Option<Label<'a>> {
        loop {
            self.at = blanks(self.text, self.at);
            let (name, end) = name(self.text, self.at)?;
            let mut at = blanks(self.text, end);
            let has_value = self.text.as_bytes().get(at) == Some(&b'=');
            let mut value = "";
            if has_value {
                let begin = blanks(self.text, at + 1);
                let end = quoted(self.text, begin)?;
                value = &self.text[begin + 1..end - 1];
                at = blanks(self.text, end);
            }
            // Behind the comma; there may be none behind the last label.
            self.at = at + 1;
            // Otherwise it is the name of the series.
            if has_value {
                let [name, value] = [name, value].map(Escaped::new);
                return Some(Label { name, value });
            }
        }
    }
}

impl FusedIterator for LabelIter<'_> {}

/// Labels that were read from a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read<'a> {
    pub(super) labels: Labels<'a>,
    /// The series' name, where it is in the braces.
    pub(super) name: Option<&'a str>,
    /// Where the closing brace is.
    pub(super) end: usize,
}

/// Reads the labels from behind the opening brace at `start - 1` on.
///
/// With `named`, a quoted text without a value is the name of the series. Only
/// the first may be one.
#[inline]
pub(super) fn read<'a>(
    line: &'a str,
    start: usize,
    dialect: Dialect,
    named: bool,
    shared: &mut Shared<'a>,
) -> Result<Read<'a>, Fault<'a>> {
    shared.note(start);
    read_from(line, start, start, dialect, named, shared)
}

/// Reads the labels of a line that is as the last one up to a label.
#[inline]
pub(super) fn go_on<'a>(
    line: &'a str,
    checked: Checked,
    dialect: Dialect,
    shared: &mut Shared<'a>,
) -> Result<Read<'a>, Fault<'a>> {
    let Checked { labels, place, .. } = checked;
    read_from(line, labels, place, dialect, false, shared)
}

/// Reads the labels from a place on where one begins, or where the braces end.
#[inline]
fn read_from<'a>(
    line: &'a str,
    start: usize,
    place: usize,
    dialect: Dialect,
    named: bool,
    shared: &mut Shared<'a>,
) -> Result<Read<'a>, Fault<'a>> {
    let bytes = line.as_bytes();
    let wide = dialect == Dialect::Prometheus;
    let skip = |at| if wide { blanks(line, at) } else { at };
    let mut series = None;
    let mut at = skip(place);
    let first = at;
    // Only 0.0.4 allows a comma behind the last label.
    let mut closed = (wide || place == start) && bytes.get(at) == Some(&b'}');
    while !closed {
        let begin = at;
        let known = shared.start(line, begin);
        let known = known.map(|start| begin + start.len() - 1);
        let mut bare = begin;
        let end = if let Some(quote) = known {
            quote - 1
        } else {
            bare = label_name(line, begin);
            if bare > begin {
                bare
            } else {
                name(line, begin).ok_or_else(|| no_name(line, begin))?.1
            }
        };
        let mut quote = known;
        if known.is_none() {
            at = skip(end);
            if bytes.get(at) == Some(&b'=') {
                at = skip(at + 1);
                if bytes.get(at) != Some(&b'"') {
                    let expected = "'\"' to begin the value of label";
                    return Err(Fault::new(at, expected).of(&line[begin..end]));
                }
                if bare > begin && at == end + 1 {
                    shared.keep(&line[begin..=at]);
                }
                quote = Some(at);
            }
        }
        if let Some(quote) = quote {
            let Some(end_of_value) = quoted(line, quote) else {
                let expected = "'\"' to end the value of label";
                return Err(Fault::new(line.len(), expected).of(&line[begin..end]));
            };
            at = skip(end_of_value);
        } else if named && begin == first && bare == begin {
            series = Some(&line[begin + 1..end - 1]);
        } else {
            return Err(Fault::new(at, "'=' after label").of(&line[begin..end]));
        }
        match bytes.get(at) {
            Some(b'}') => closed = true,
            Some(b',') => {
                shared.note(at + 1);
                at = skip(at + 1);
                closed = wide && bytes.get(at) == Some(&b'}');
            }
            _ => return Err(Fault::new(at, "',' or '}' after label").of(&line[begin..end])),
        }
    }
    Ok(Read {
        labels: Labels {
            text: &line[start..at],
        },
        name: series,
        end: at,
    })
}

/// The name at `at`, bare or in quotes, and where it ends.
fn name(line: &str, at: usize) -> Option<(&str, usize)> {
    let end = label_name(line, at);
    if end > at {
        return Some((&line[at..end], end));
    }
    if line.as_bytes().get(at) != Some(&b'"') {
        return None;
    }
    let end = quoted(line, at)?;
    Some((&line[at + 1..end - 1], end))
}

#[cold]
fn no_name(line: &str, at: usize) -> Fault<'_> {
    match line.as_bytes().get(at) {
        Some(b'"') => Fault::new(line.len(), "'\"' to end a name"),
        _ => Fault::new(at, "a label name"),
    }
}
