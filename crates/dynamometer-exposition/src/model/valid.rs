//! What names, labels and values may be.

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
    !name.starts_with("__") && is_word(name, |byte| byte == b':')
}

fn is_label_name(name: &str) -> bool {
    !name.starts_with("__") && is_word(name, |_| false)
}

fn is_word(name: &str, is_more: impl Fn(u8) -> bool) -> bool {
    let is_first = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || is_more(byte);
    let mut bytes = name.bytes();
    bytes.next().is_some_and(is_first) && bytes.all(|byte| is_first(byte) || byte.is_ascii_digit())
}

/// The label that the lines of this kind have besides the series' own.
pub(crate) fn reserved_label(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Histogram | Kind::GaugeHistogram => Some("le"),
        Kind::Summary => Some("quantile"),
        _ => None,
    }
}

/// True where `text` is what [`LabelSet`] writes: valid names, each once and in
/// order, and escaped values.
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
    let Some(mut rest) = inner else { return false };
    let mut last = "";
    loop {
        let Some((name, after)) = rest.split_once("=\"") else {
            return false;
        };
        if name <= last || !is_label_name(name) || Some(name) == reserved {
            return false;
        }
        let Some(end) = end_of_value(after) else {
            return false;
        };
        last = name;
        rest = &after[end + 1..];
        if rest.is_empty() {
            return true;
        }
        let Some(next) = rest.strip_prefix(',') else {
            return false;
        };
        rest = next;
    }
}

/// The position of the quote that ends a well escaped value.
fn end_of_value(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Some(at),
            b'\n' => return None,
            b'\\' => {
                let (_, escaped) = bytes.next()?;
                if !matches!(escaped, b'\\' | b'"' | b'n') {
                    return None;
                }
            }
            _ => {}
        }
    }
    None
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
