//! The step that creates.

use dynamometer::{ErrorKind, ExponentialLayout, Unit};
use serde::Deserialize;

use crate::scenario::number::Number;
use crate::scenario::word;

/// Creates a metric or a family of them, or must fail to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Create {
    #[serde(rename = "create")]
    pub(crate) kind: MetricKind,
    pub(crate) name: String,
    #[serde(rename = "as")]
    pub(crate) alias: Option<String>,
    #[serde(rename = "in")]
    pub(crate) scope: Option<String>,
    #[serde(default)]
    pub(crate) help: String,
    #[serde(default, deserialize_with = "word::unit")]
    pub(crate) unit: Option<Unit>,
    #[serde(default)]
    pub(crate) labels: Vec<(String, String)>,
    pub(crate) buckets: Option<Vec<Number>>,
    pub(crate) layout: Option<Layout>,
    pub(crate) states: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    /// A family that is looked up by these labels, and not a single series.
    pub(crate) label_names: Option<Vec<String>>,
    /// How many series the family may have.
    pub(crate) limit: Option<usize>,
    #[serde(default, deserialize_with = "word::error_kind")]
    pub(crate) error: Option<ErrorKind>,
    /// The error's words.
    pub(crate) message: Option<String>,
    /// The error describes what the name stands for.
    #[serde(default)]
    pub(crate) existing: bool,
}

/// The kinds of handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MetricKind {
    /// A number of things that only grows.
    Counter,
    /// An amount that only grows.
    FloatCounter,
    /// A number of things that come and go.
    UpDownCounter,
    /// A value that is set.
    Gauge,
    /// Observations in buckets.
    Histogram,
    /// Observations in buckets that grow with the value.
    ExponentialHistogram,
    /// Facts that are told in labels.
    Info,
    /// States of which each is on or off.
    StateSet,
}

/// Resolution and range of exponential buckets; what is left out is the default.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Layout {
    schema: Option<i32>,
    min_exponent: Option<i32>,
    max_exponent: Option<i32>,
    #[serde(default)]
    signed: bool,
}

impl Create {
    pub(crate) fn checked(self) -> Result<Self, String> {
        if self.buckets.is_some() && self.kind != MetricKind::Histogram {
            return Err("only a histogram has buckets".to_owned());
        }
        if self.layout.is_some() && self.kind != MetricKind::ExponentialHistogram {
            return Err("only an exponential histogram has a layout".to_owned());
        }
        if self.states.is_some() != (self.kind == MetricKind::StateSet) {
            return Err("a state set has states, and nothing else has".to_owned());
        }
        if self.limit.is_some() && self.label_names.is_none() {
            return Err("only a family, with `label_names`, has a limit".to_owned());
        }
        if self.message.is_some() && self.error.is_none() {
            return Err("`message` is that of an error, and there is none".to_owned());
        }
        if self.existing && self.error.is_none() {
            return Err("`existing` says something of an error, and there is none".to_owned());
        }
        Ok(self)
    }
}

impl From<Layout> for ExponentialLayout {
    fn from(layout: Layout) -> Self {
        let default = Self::default();
        Self {
            schema: layout.schema.unwrap_or(default.schema),
            min_exponent: layout.min_exponent.unwrap_or(default.min_exponent),
            max_exponent: layout.max_exponent.unwrap_or(default.max_exponent),
            is_signed: layout.signed,
        }
    }
}
