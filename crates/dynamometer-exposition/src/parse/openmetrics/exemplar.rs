//! The exemplar of a line.

use crate::model::{Exemplar, Kind};
use crate::parse::error::{ParseError, ParseErrorKind};
use crate::parse::family::{Bound, Part, SeriesKey, Source};
use crate::parse::scan::{ExemplarText, Sample};

/// The most characters that names and values of an exemplar's labels have.
const CHARACTERS: usize = 128;

/// Reads the exemplar of a sample, which may have one in these parts only.
pub(super) fn read(
    source: Source<'_>,
    sample: &Sample<'_>,
    kind: Kind,
    part: Part,
    bound: Bound<'_>,
    text: &ExemplarText<'_>,
) -> Result<Exemplar, ParseError> {
    if part != Part::Bucket && (part, kind) != (Part::Value, Kind::Counter) {
        let expected = "exemplars only at buckets and counters";
        return Err(source.error(ParseErrorKind::Syntax, expected, sample.series));
    }
    let characters = text.labels.into_iter().map(|label| {
        let (name, value) = (label.name.unescape(), label.value.unescape());
        name.chars().count() + value.chars().count()
    });
    if characters.sum::<usize>() > CHARACTERS {
        let expected = "at most 128 characters in the labels of an exemplar";
        return Err(source.error(ParseErrorKind::Limit, expected, text.labels.text()));
    }
    let value = text.value.as_f64();
    if part == Part::Bucket && (value > bound.value || value.is_nan()) {
        let expected = format!("an exemplar in its bucket, up to {}", bound.text);
        return Err(source.error(ParseErrorKind::Value, expected, text.value.text()));
    }
    let key = SeriesKey::read(source, sample.series, text.labels, None)?;
    let exemplar = Exemplar::new(key.labels, value);
    Ok(match text.timestamp {
        Some(timestamp) => exemplar.at(timestamp),
        None => exemplar,
    })
}
