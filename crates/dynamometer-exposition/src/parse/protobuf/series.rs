//! The metrics of a family as columns.

use std::collections::HashSet;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::model::{Desc, Exemplar, Family, Kind, LabelSet, SeriesLabels, Values};
use crate::parse::error::{Found, ParseErrorKind};
use crate::parse::protobuf::fault::Fault;
use crate::parse::protobuf::metric::{Amount, Metric};
use crate::parse::protobuf::part::whole_of;

/// The family of these metrics, in the message at `at`.
pub(super) fn family(desc: Desc, metrics: Vec<Metric>, at: usize) -> Result<Family, Fault> {
    let times = |time: fn(&Metric) -> Option<f64>| {
        let known = metrics.iter().any(|metric| time(metric).is_some());
        let or_nan = |metric| time(metric).unwrap_or(f64::NAN);
        known.then(|| metrics.iter().map(or_nan).collect::<Vec<_>>())
    };
    let created = times(|metric| metric.created);
    let timestamps = times(|metric| metric.timestamp);
    let has_exemplars = metrics.iter().any(|metric| !metric.exemplars.is_empty());
    let mut labels = Vec::with_capacity(metrics.len());
    let mut amounts = Vec::with_capacity(metrics.len());
    let mut exemplars: Vec<Box<[Exemplar]>> = Vec::new();
    for metric in metrics {
        labels.push(metric.labels);
        amounts.push(metric.amount);
        if has_exemplars {
            exemplars.push(metric.exemplars.into());
        }
    }
    check_unique(&labels, at)?;
    let values = values(desc.kind(), amounts, at)?;
    let mut family = Family::new(desc, Arc::new(labels), values);
    if let Some(created) = created {
        family = family.with_created(created);
    }
    if let Some(timestamps) = timestamps {
        family = family.with_timestamps(timestamps);
    }
    if has_exemplars {
        family = family.with_exemplars(exemplars);
    }
    Ok(family)
}

fn check_unique(labels: &[LabelSet], at: usize) -> Result<(), Fault> {
    let mut seen: HashSet<SeriesLabels<'_>, RandomState> = HashSet::default();
    let twice = labels.iter().find(|labels| !seen.insert(labels.view()));
    twice.map_or(Ok(()), |labels| {
        let labels = labels.to_string();
        let (kind, found) = (ParseErrorKind::Duplicate, Found::Text(&labels));
        Err(Fault::new(at, kind, "each series once", &found))
    })
}

/// All series have one type of value; that of the first says which.
fn values(kind: Kind, amounts: Vec<Amount>, at: usize) -> Result<Values, Fault> {
    let count = amounts.len();
    let values = match amounts.first() {
        Some(Amount::Histogram(_)) => Values::Histogram(each(amounts, |amount| match amount {
            Amount::Histogram(value) => Some(value),
            _ => None,
        })),
        Some(Amount::Exponential(_)) => Values::Exponential(each(amounts, |amount| match amount {
            Amount::Exponential(value) => Some(value),
            _ => None,
        })),
        Some(Amount::Summary(_)) => Values::Summary(each(amounts, |amount| match amount {
            Amount::Summary(value) => Some(value),
            _ => None,
        })),
        Some(Amount::Number(_)) => numbers(
            kind,
            each(amounts, |amount| match amount {
                Amount::Number(value) => Some(value),
                _ => None,
            }),
        ),
        None => none(kind),
    };
    if values.len() == count {
        return Ok(values);
    }
    let expected = "exponential buckets in all histograms of a family, or in none";
    let found = "both";
    Err(Fault::in_words(at, ParseErrorKind::Value, expected, found))
}

fn each<T>(amounts: Vec<Amount>, value: impl FnMut(Amount) -> Option<T>) -> Vec<T> {
    amounts.into_iter().filter_map(value).collect()
}

/// Counters of whole things are exact.
fn numbers(kind: Kind, floats: Vec<f64>) -> Values {
    let whole = || floats.iter().map(|float| whole_of(*float)).collect();
    let whole: Option<Vec<u64>> = (kind == Kind::Counter).then(whole).flatten();
    whole.map_or(Values::Float(floats), Values::Unsigned)
}

/// The empty column of a kind.
fn none(kind: Kind) -> Values {
    match kind {
        Kind::Counter => Values::Unsigned(Vec::new()),
        Kind::Histogram | Kind::GaugeHistogram => Values::Histogram(Vec::new()),
        Kind::Summary => Values::Summary(Vec::new()),
        _ => Values::Float(Vec::new()),
    }
}
