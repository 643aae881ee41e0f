//! Samples of two parsers in one form.

use std::collections::BTreeSet;

use dynamometer_exposition::{Exemplar, Family, Kind, Snapshot, Value};

use crate::differential::Format;
use crate::peer;

/// Lines of text that are equal where samples are: ours and theirs.
///
/// What one of two cannot know is left out of both: the count of a histogram that
/// has none, sums that are no number, and times of parts of a distribution.
pub(crate) fn sorted(
    format: Format,
    ours: &Snapshot,
    theirs: &[peer::Sample],
) -> (BTreeSet<String>, BTreeSet<String>) {
    let counts: BTreeSet<_> = ours.families().iter().flat_map(counts_of).collect();
    let keeps = |name: &str, value: f64| {
        let is_sum = name.ends_with("_sum") || name.ends_with("_gsum");
        let is_unknown = (is_sum && value.is_nan()) || (name.ends_with("_count") && value == 0.0);
        !counts.contains(name) && !is_unknown
    };
    let mut lines = (BTreeSet::new(), BTreeSet::new());
    for family in ours.families() {
        for (name, labels, value, timestamp) in samples_of(format, family) {
            if keeps(&name, value) {
                lines.0.insert(line(&name, &labels, value, timestamp));
            }
        }
        for exemplar in family.samples().flat_map(|sample| sample.exemplars) {
            lines.0.insert(line_of_ours(exemplar));
        }
    }
    for (name, labels, value, timestamp, exemplar) in theirs {
        let value = float(value);
        if keeps(name, value) {
            lines
                .1
                .insert(line(name, labels, value, timestamp.as_deref().map(float)));
        }
        if let Some((labels, value, timestamp)) = exemplar {
            let timestamp = timestamp.as_deref().map(float);
            lines
                .1
                .insert(line("exemplar", labels, float(value), timestamp));
        }
    }
    lines
}

fn counts_of(family: &Family) -> Vec<String> {
    let name = family.desc().name();
    match family.desc().kind() {
        Kind::Histogram => vec![format!("{name}_count")],
        // 0.0.4 has them like histograms.
        Kind::GaugeHistogram => vec![format!("{name}_gcount"), format!("{name}_count")],
        _ => Vec::new(),
    }
}

type Labels = Vec<(String, String)>;

/// The lines of a family, as a page has them.
fn samples_of(format: Format, family: &Family) -> Vec<(String, Labels, f64, Option<f64>)> {
    let (desc, mut samples) = (family.desc(), Vec::new());
    let name = desc.name();
    // Theirs call each counter of 0.0.4 by the name that it has in OpenMetrics.
    let has_suffix = desc.kind() != Kind::Counter || name.ends_with("_total");
    let value_name = if has_suffix {
        name.to_owned()
    } else {
        format!("{name}_total")
    };
    let sum = match desc.kind() {
        Kind::GaugeHistogram if format == Format::OpenMetrics => format!("{name}_gsum"),
        _ => format!("{name}_sum"),
    };
    for sample in family.samples() {
        let labels: Labels = sample
            .labels
            .iter()
            .map(|(name, value)| (name.to_owned(), value.into_owned()))
            .collect();
        let with = |label: &str, value: f64| {
            let mut all = labels.clone();
            all.push((label.to_owned(), value.to_string()));
            all
        };
        let time = sample.timestamp;
        let mut add = |name: &str, labels: Labels, value| {
            samples.push((name.to_owned(), labels, value, time));
        };
        match sample.value {
            Value::Histogram(value) => {
                for (bound, count) in value.cumulative() {
                    add(&format!("{name}_bucket"), with("le", bound), count as f64);
                }
                add(&sum, labels.clone(), value.sum());
            }
            Value::Summary(value) => {
                for (rank, quantile) in value.quantiles() {
                    add(name, with("quantile", *rank), *quantile);
                }
                add(&sum, labels.clone(), value.sum());
                add(
                    &format!("{name}_count"),
                    labels.clone(),
                    value.count() as f64,
                );
            }
            value => add(&value_name, labels.clone(), value.as_f64()),
        }
        if let Some(created) = sample.created {
            let base = match desc.kind() {
                Kind::Counter => name.strip_suffix("_total").unwrap_or(name),
                _ => name,
            };
            add(&format!("{base}_created"), labels, created);
        }
    }
    samples
}

fn line_of_ours(exemplar: &Exemplar) -> String {
    let labels = exemplar.labels().iter();
    let labels: Vec<_> = labels
        .map(|(name, value)| (name.to_owned(), value.into_owned()))
        .collect();
    line("exemplar", &labels, exemplar.value(), exemplar.timestamp())
}

fn line(name: &str, labels: &[(String, String)], value: f64, timestamp: Option<f64>) -> String {
    let is_part = |(name, _): &(String, String)| name == "le" || name == "quantile";
    let suffixes = ["_bucket", "_sum", "_gsum", "_count", "_gcount"];
    let is_distribution =
        labels.iter().any(is_part) || suffixes.iter().any(|suffix| name.ends_with(suffix));
    let mut labels = labels.to_vec();
    for label in labels.iter_mut().filter(|label| is_part(label)) {
        // However it is written, it is the same bound.
        if let Ok(number) = label.1.parse::<f64>() {
            label.1 = format!("{number:?}");
        }
    }
    labels.sort();
    let timestamp = timestamp.filter(|_| !is_distribution);
    format!("{name} {labels:?} {value:?} {timestamp:?}")
}

fn float(text: &str) -> f64 {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}
