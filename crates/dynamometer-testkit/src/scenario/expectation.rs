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
    #[serde(rename = "expect_exponential")]
    Exponential(String, ExponentialShape),
    #[serde(rename = "expect_states")]
    States(String, Vec<String>),
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

/// Buckets that are not empty, by their indices, and what is beside them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExponentialShape {
    pub(crate) schema: i32,
    pub(crate) zero_count: u64,
    #[serde(default)]
    pub(crate) positive: Vec<(i32, u64)>,
    #[serde(default)]
    pub(crate) negative: Vec<(i32, u64)>,
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
    pub(crate) exponential: Option<ExponentialShape>,
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
        let Self::Series(series) = self else {
            return Ok(());
        };
        let given = [
            series.value.is_some(),
            series.histogram.is_some(),
            series.exponential.is_some(),
        ];
        if given.into_iter().filter(|is_given| *is_given).count() == 1 {
            return Ok(());
        }
        Err("expect_series takes either `value` or `histogram` or `exponential`".to_owned())
    }
}
