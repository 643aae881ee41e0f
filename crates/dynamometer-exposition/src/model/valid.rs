//! What names, labels and values may be.

use std::cmp::Ordering;

use crate::model::desc::Kind;
use crate::model::exemplar::Exemplar;
use crate::model::exponential::ExponentialCounts;
use crate::model::histogram::HistogramValue;
use crate::model::summary::SummaryValue;
use crate::model::value::{Value, Values};

/// `[a-zA-Z_:][a-zA-Z0-9_:]*`, and not one that Prometheus keeps for itself.
///
/// <https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels>
pub(crate) fn is_name(name: &str) -> bool {
    let is_first = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':');
    let mut bytes = name.bytes();
    let is_word = bytes.next().is_some_and(is_first)
        && bytes.all(|byte| is_first(byte) || byte.is_ascii_digit());
    is_word && !name.starts_with("__")
}

/// The label that the lines of this kind have besides the series' own.
pub(crate) fn reserved_label(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Histogram | Kind::GaugeHistogram => Some("le"),
        Kind::Summary => Some("quantile"),
        _ => None,
    }
}

/// True where `text` is what [`LabelSet`](crate::LabelSet) writes: valid names, each
/// once and in order, and escaped values.
///
/// Whoever makes a set does not check names, and one with a quote in it could
/// write anything.
pub(crate) fn are_labels(text: &str, reserved: Option<&str>) -> bool {
    if text == " " {
        return true;
    }
    let inner = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix("} "));
    let Some(mut rest) = inner.map(str::as_bytes) else {
        return false;
    };
    let reserved = reserved.map(str::as_bytes);
    let mut last: &[u8] = b"";
    loop {
        let name = &rest[..length_of_name(rest)];
        let is_valid = is_before(last, name) && !name.starts_with(b"__") && Some(name) != reserved;
        let value = rest[name.len()..].strip_prefix(b"=\"");
        let Some(value) = value.filter(|_| is_valid) else {
            return false;
        };
        let Some(end) = end_of_value(value) else {
            return false;
        };
        last = name;
        rest = match &value[end + 1..] {
            [] => return true,
            [b',', next @ ..] => next,
            _ => return false,
        };
    }
}

/// `last < name`. Mostly the first bytes tell, and then a comparison of slices, a
/// call, would take as long as all the rest of a label.
fn is_before(last: &[u8], name: &[u8]) -> bool {
    match last.first().cmp(&name.first()) {
        Ordering::Equal => last < name,
        order => order.is_lt(),
    }
}

/// How many bytes are the name of a label.
fn length_of_name(text: &[u8]) -> usize {
    let is_first = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    let is_more = |byte: u8| is_first(byte) || byte.is_ascii_digit();
    if !text.first().is_some_and(|byte| is_first(*byte)) {
        return 0;
    }
    let end = text.iter().position(|byte| !is_more(*byte));
    end.unwrap_or(text.len())
}

/// The position of the quote that ends a well escaped value.
fn end_of_value(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let special = |byte: &u8| matches!(byte, b'"' | b'\\' | b'\n');
        at += text[at..].iter().position(special)?;
        match (text[at], text.get(at + 1)) {
            (b'"', _) => return Some(at),
            (b'\\', Some(b'\\' | b'"' | b'n')) => at += 2,
            _ => return None,
        }
    }
}

pub(crate) fn is_of_kind(values: &Values, kind: Kind) -> bool {
    match kind {
        Kind::Histogram | Kind::GaugeHistogram => {
            matches!(values, Values::Histogram(_) | Values::Exponential(_))
        }
        Kind::Summary => matches!(values, Values::Summary(_)),
        _ => values.are_numbers(),
    }
}

pub(crate) fn is_value(value: Value<'_>) -> bool {
    match value {
        Value::Histogram(value) => is_histogram(value),
        Value::Exponential(value) => {
            let halves = [value.positive_counts(), value.negative_counts()];
            let counts = halves.into_iter().flat_map(ExponentialCounts::counts);
            let counts = counts.copied().chain([value.zero_count()]);
            value.zero_threshold() >= 0.0 && fit(counts)
        }
        Value::Summary(value) => is_summary(value),
        _ => true,
    }
}

fn is_histogram(value: &HistogramValue) -> bool {
    let bounds = value.bounds();
    let are_finite = bounds.iter().all(|bound| bound.is_finite());
    are_finite && bounds.is_sorted_by(|a, b| a < b) && fit(value.counts().iter().copied())
}

fn is_summary(value: &SummaryValue) -> bool {
    let mut ranks: Vec<f64> = value.quantiles().iter().map(|(rank, _)| *rank).collect();
    ranks.sort_by(f64::total_cmp);
    let are_ranks = ranks.iter().all(|rank| (0.0..=1.0).contains(rank));
    are_ranks && ranks.is_sorted_by(|a, b| a < b)
}

/// True where the sum of `counts` is a `u64`.
fn fit(mut counts: impl Iterator<Item = u64>) -> bool {
    counts.try_fold(0_u64, u64::checked_add).is_some()
}

pub(crate) fn is_exemplar(exemplar: &Exemplar) -> bool {
    are_labels(exemplar.labels().view().text(), None)
}
