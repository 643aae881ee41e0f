//! What a scenario expects.

use dynamometer::Unit;
use serde::Deserialize;

use crate::scenario::number::Number;
use crate::scenario::word;

/// What must be true now.
#[derive(Debug, Deserialize)]
pub(crate) enum Expectation {
    #[serde(rename = "expect_value")]
    Value(String, Number),
    #[serde(rename = "expect_histogram")]
    Histogram(String, HistogramShape),
    #[serde(rename = "expect_series")]
    Series(SeriesShape),
    #[serde(rename = "expect_family")]
    Family(FamilyShape),
    #[serde(rename = "expect_absent")]
    Absent(SeriesName),
    #[serde(rename = "expect_lines")]
    Lines(Vec<String>),
    #[serde(rename = "expect_text")]
    Text(Vec<String>),
    #[serde(rename = "expect_counted")]
    Counted(CountedShape),
}

/// Upper bounds with cumulative counts, `+Inf` last, and the sum.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HistogramShape {
    pub(crate) buckets: Vec<(Number, u64)>,
    pub(crate) sum: Number,
    pub(crate) count: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeriesShape {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) labels: Vec<(String, String)>,
    pub(crate) value: Option<Number>,
    pub(crate) histogram: Option<HistogramShape>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeriesName {
    pub(crate) name: String,
    /// None: no series of that name at all.
    pub(crate) labels: Option<Vec<(String, String)>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FamilyShape {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) help: Option<String>,
    #[serde(default, deserialize_with = "word::unit")]
    pub(crate) unit: Option<Unit>,
    pub(crate) series: Option<usize>,
}

/// A self-metric that has grown by at least so much since the scenario began.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountedShape {
    pub(crate) name: String,
    pub(crate) reason: String,
    pub(crate) at_least: u64,
}

impl Expectation {
    pub(crate) fn check(&self) -> Result<(), String> {
        match self {
            Self::Series(series) if series.value.is_some() == series.histogram.is_some() => {
                Err("expect_series takes either `value` or `histogram`".to_owned())
            }
            _ => Ok(()),
        }
    }
}
