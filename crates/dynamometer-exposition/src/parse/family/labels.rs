//! The labels of a sample, as the model holds them.

use std::borrow::Cow;

use memchr::memchr;

use crate::model::LabelSet;
use crate::parse::error::{ParseError, ParseErrorKind};
use crate::parse::family::limit::{BYTES, LABELS};
use crate::parse::family::name::classic_label;
use crate::parse::family::source::Source;
use crate::parse::scan::{Escaped, Labels};

/// The labels of a sample, one of them apart.
#[derive(Debug)]
pub(in crate::parse) struct SeriesKey<'a> {
    /// All labels but the one that was asked for.
    pub(in crate::parse) labels: LabelSet,
    /// The value of that one, such as the bound of a bucket.
    pub(in crate::parse) apart: Option<Escaped<'a>>,
}

impl<'a> SeriesKey<'a> {
    /// Takes the labels of `series`, the one called `apart` for itself.
    pub(in crate::parse) fn read(
        source: Source<'_>,
        series: &str,
        labels: Labels<'a>,
        apart: Option<&str>,
    ) -> Result<Self, ParseError> {
        if let Some(plain) = Self::read_plain(labels, apart) {
            return Ok(plain);
        }
        let wrong = |expected, found| Err(source.error(ParseErrorKind::Label, expected, found));
        let mut pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> = Vec::new();
        let mut value_apart = None;
        for label in labels {
            check_length(source, label.name.raw())?;
            check_length(source, label.value.raw())?;
            let name = classic_label(label.name.unescape());
            if name == "__name__" || name.is_empty() {
                return wrong("a label name that is neither empty nor __name__", series);
            }
            if Some(&*name) == apart {
                if value_apart.replace(label.value).is_some() {
                    return wrong("each label once", label.name.raw());
                }
                continue;
            }
            if pairs.len() == LABELS {
                let kind = ParseErrorKind::Limit;
                return Err(source.error(kind, "at most 128 labels", series));
            }
            pairs.push((name, label.value.unescape()));
        }
        pairs.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        if pairs.windows(2).any(|two| two[0].0 == two[1].0) {
            return wrong("each label once", series);
        }
        Ok(Self {
            labels: LabelSet::new(pairs.iter().map(|(name, value)| (&**name, &**value))),
            apart: value_apart,
        })
    }

    /// Takes labels that stand on the page as the model holds them: sorted, without
    /// blanks, escapes or quoted names. `None` where they do not.
    fn read_plain(labels: Labels<'a>, apart: Option<&str>) -> Option<Self> {
        let text = labels.text();
        if text.len() > BYTES || memchr(b'\\', text.as_bytes()).is_some() {
            return None;
        }
        let (mut last, mut value_apart, mut apart_at) = ("", None, 0);
        let (mut bytes, mut count) = (0, 0);
        for label in labels {
            let (name, value) = (label.name.raw(), label.value.raw());
            if Some(name) == apart {
                value_apart = Some(label.value);
                apart_at = bytes;
            } else {
                if name <= last || name == "__name__" || value.contains('\n') {
                    return None;
                }
                last = name;
            }
            // `name="value",`
            bytes += name.len() + value.len() + 4;
            count += 1;
        }
        // Whatever else stands there makes it longer.
        if count > LABELS || bytes != text.len() + usize::from(!text.is_empty()) {
            return None;
        }
        let labels = match (value_apart, apart) {
            (Some(value), Some(name)) => {
                let end = apart_at + name.len() + value.raw().len() + 4;
                let (before, behind) = (&text[..apart_at], text.get(end..).unwrap_or(""));
                match behind {
                    "" => LabelSet::of_plain(&[before.strip_suffix(',').unwrap_or(before)]),
                    _ => LabelSet::of_plain(&[before, behind]),
                }
            }
            _ => LabelSet::of_plain(&[text]),
        };
        Some(Self {
            labels,
            apart: value_apart,
        })
    }
}

/// Refuses a name or text that is longer than anybody needs.
pub(in crate::parse) fn check_length(source: Source<'_>, text: &str) -> Result<(), ParseError> {
    if text.len() > BYTES {
        let expected = "at most 65536 bytes of text";
        return Err(source.error(ParseErrorKind::Limit, expected, text));
    }
    Ok(())
}
