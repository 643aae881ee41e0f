//! The values of a C++ registry at one instant, as plain data.

use super::bridge::{self, Column, ExponentialData, FamilyData, HistogramData, SummaryData};

/// The kinds of families, in Prometheus' terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExposedKind {
    /// Grows.
    Counter,
    /// Rises and falls.
    Gauge,
    /// Observations in buckets.
    Histogram,
    /// Facts in labels.
    Info,
    /// States, each on or off.
    StateSet,
    /// Nobody said.
    Unknown,
    /// Quantiles that a source computed.
    Summary,
}

/// One value for each series of a family.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Values {
    /// Counters.
    Unsigned(Vec<u64>),
    /// Up-down counters.
    Signed(Vec<i64>),
    /// Float counters, gauges, infos and states.
    Float(Vec<f64>),
    /// Histograms with explicit bounds.
    Histogram(Vec<HistogramValue>),
    /// Histograms with exponential buckets.
    Exponential(Vec<ExponentialValue>),
    /// Summaries.
    Summary(Vec<SummaryValue>),
}

/// Counts per bucket, not cumulative, and the sum of what was observed.
#[derive(Clone, Debug, PartialEq)]
pub struct HistogramValue {
    /// Without `+Inf`.
    pub bounds: Vec<f64>,
    /// One more than bounds.
    pub counts: Vec<u64>,
    /// Of all observations.
    pub sum: f64,
}

/// A distribution over exponential buckets, by Prometheus' indices.
#[derive(Clone, Debug, PartialEq)]
pub struct ExponentialValue {
    /// Two to this power buckets per doubling.
    pub schema: i32,
    /// Magnitudes up to this one are in the zero bucket.
    pub zero_threshold: f64,
    /// Observations in the zero bucket.
    pub zero_count: u64,
    /// The index of the first positive bucket, and counts from there on.
    pub positive: (i32, Vec<u64>),
    /// The same for negative buckets.
    pub negative: (i32, Vec<u64>),
    /// Of all observations.
    pub sum: f64,
}

/// Quantiles that a source computed.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryValue {
    /// Rank and value of each.
    pub quantiles: Vec<(f64, f64)>,
    /// Of all observations.
    pub sum: f64,
    /// How many there were.
    pub count: u64,
}

/// One family. Its columns are of one length.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FamilySnapshot {
    /// As it is exposed.
    pub name: String,
    /// In Prometheus' terms.
    pub kind: ExposedKind,
    /// One sentence.
    pub help: String,
    /// Empty where there is none.
    pub unit: String,
    /// Of each series, as they are written: `{a="1"} `, a space where there are none.
    pub labels: Vec<String>,
    /// One for each series.
    pub values: Values,
    /// When each began, in seconds since the Unix epoch; empty where not known.
    pub created: Vec<f64>,
    /// When each was measured; NaN where not known, empty where none is.
    pub timestamps: Vec<f64>,
}

impl From<FamilyData> for FamilySnapshot {
    fn from(data: FamilyData) -> Self {
        Self {
            kind: kind_of(data.kind),
            values: match data.column {
                Column::Signed => Values::Signed(data.signed_values),
                Column::Float => Values::Float(data.float_values),
                Column::Histogram => Values::Histogram(all(data.histograms)),
                Column::Exponential => Values::Exponential(all(data.exponentials)),
                Column::Summary => Values::Summary(all(data.summaries)),
                _ => Values::Unsigned(data.unsigned_values),
            },
            name: data.name,
            help: data.help,
            unit: data.unit,
            labels: data.labels,
            created: data.created,
            timestamps: data.timestamps,
        }
    }
}

fn all<From, To: std::convert::From<From>>(values: Vec<From>) -> Vec<To> {
    values.into_iter().map(To::from).collect()
}

impl From<HistogramData> for HistogramValue {
    fn from(data: HistogramData) -> Self {
        Self {
            bounds: data.bounds,
            counts: data.counts,
            sum: data.sum,
        }
    }
}

impl From<ExponentialData> for ExponentialValue {
    fn from(data: ExponentialData) -> Self {
        Self {
            schema: data.schema,
            zero_threshold: data.zero_threshold,
            zero_count: data.zero_count,
            positive: (data.positive_first, data.positive),
            negative: (data.negative_first, data.negative),
            sum: data.sum,
        }
    }
}

impl From<SummaryData> for SummaryValue {
    fn from(data: SummaryData) -> Self {
        Self {
            quantiles: data.ranks.into_iter().zip(data.quantiles).collect(),
            sum: data.sum,
            count: data.count,
        }
    }
}

fn kind_of(kind: bridge::ExposedKind) -> ExposedKind {
    match kind {
        bridge::ExposedKind::Counter => ExposedKind::Counter,
        bridge::ExposedKind::Gauge => ExposedKind::Gauge,
        bridge::ExposedKind::Histogram => ExposedKind::Histogram,
        bridge::ExposedKind::Info => ExposedKind::Info,
        bridge::ExposedKind::StateSet => ExposedKind::StateSet,
        bridge::ExposedKind::Summary => ExposedKind::Summary,
        _ => ExposedKind::Unknown,
    }
}
