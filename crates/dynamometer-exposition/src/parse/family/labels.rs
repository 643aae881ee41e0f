//! The labels of a sample, as the model holds them.

use std::borrow::Cow;

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
        pairs.sort_unstable();
        if pairs.windows(2).any(|two| two[0].0 == two[1].0) {
            return wrong("each label once", series);
        }
        Ok(Self {
            labels: LabelSet::new(pairs.iter().map(|(name, value)| (&**name, &**value))),
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
