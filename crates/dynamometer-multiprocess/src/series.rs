//! The key of an entry.

use std::collections::BTreeMap;

use dynamometer_exposition::LabelSet;

use crate::file_name::Store;

/// What of a series a sample holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    /// The value itself.
    Value,
    /// How many observations are in the bucket of this upper bound alone.
    Bucket(f64),
    Sum,
    Count,
}

/// What the key of an entry says.
#[derive(Debug)]
pub(crate) struct Key {
    /// The name of the metric, without the suffixes of its samples.
    pub(crate) metric: String,
    pub(crate) help: String,
    pub(crate) labels: LabelSet,
    pub(crate) part: Part,
}

impl Key {
    /// Reads `[metric, sample, {label: value}, help]`, in JSON, as it is in a file
    /// of this kind of metric.
    ///
    /// `process` is the label `pid` of gauges that each process has for itself.
    pub(crate) fn read(json: &[u8], store: Store, process: Option<&str>) -> Option<Self> {
        type Parts = (String, String, BTreeMap<String, String>, String);
        let (metric, sample, mut labels, help): Parts = serde_json::from_slice(json).ok()?;
        let part = match (store, sample.strip_prefix(metric.as_str())?) {
            (Store::Counter, "_total") | (Store::Gauge(_), "") => Part::Value,
            (Store::Histogram, "_bucket") => Part::Bucket(bound(&labels.remove("le")?)?),
            (Store::Histogram | Store::Summary, "_sum") => Part::Sum,
            (Store::Histogram | Store::Summary, "_count") => Part::Count,
            _ => return None,
        };
        if let Store::Gauge(_) = store {
            // The collector has it for itself, and takes the place of a label of
            // that name.
            labels.remove("pid");
            labels.extend(process.map(|process| ("pid".to_owned(), process.to_owned())));
        }
        let pairs = labels.iter();
        let labels = LabelSet::new(pairs.map(|(name, value)| (name.as_str(), value.as_str())));
        Some(Self {
            metric,
            help,
            labels,
            part,
        })
    }
}

/// The upper bound of a bucket.
fn bound(text: &str) -> Option<f64> {
    let bound: f64 = text.parse().ok()?;
    (bound > f64::NEG_INFINITY).then_some(bound)
}
