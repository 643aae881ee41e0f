//! The catalogue as data, the way `catalogue/metrics.toml` writes it.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Deserialize;

/// Everything in the file, in its order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Catalogue {
    #[serde(rename = "group")]
    pub(crate) groups: Vec<Group>,
    #[serde(rename = "label")]
    pub(crate) labels: Vec<Label>,
    #[serde(rename = "metric")]
    pub(crate) metrics: Vec<Metric>,
}

/// Metrics that share a prefix and a meaning of their labels.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    pub(crate) name: String,
    module: Option<String>,
    pub(crate) prefix: String,
    pub(crate) about: String,
    #[serde(default)]
    pub(crate) auto_labels: Vec<String>,
    #[serde(default)]
    pub(crate) values: BTreeMap<String, Vec<String>>,
}

/// A label key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Label {
    pub(crate) name: String,
    pub(crate) help: String,
}

/// A metric family.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Metric {
    pub(crate) name: String,
    pub(crate) group: String,
    pub(crate) kind: Kind,
    pub(crate) unit: Option<Unit>,
    #[serde(default)]
    pub(crate) labels: Vec<String>,
    #[serde(default)]
    pub(crate) buckets: Vec<f64>,
    pub(crate) help: String,
    pub(crate) note: Option<String>,
    pub(crate) since: String,
    pub(crate) alias_of: Option<String>,
    pub(crate) seed: Option<String>,
    #[serde(default)]
    pub(crate) allow: Vec<Rule>,
}

/// What a metric is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Counter,
    FloatCounter,
    UpDownCounter,
    Gauge,
    Histogram,
    Info,
}

/// What a metric is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    Seconds,
    Bytes,
    Ratio,
}

/// A naming rule that a design document may make a metric break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rule {
    TotalSuffix,
    UnitSuffix,
    BaseUnit,
    FullStop,
    AliasKind,
}

// === impl Catalogue ===

impl Catalogue {
    /// Reads the file's text.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        Ok(toml::from_str(text)?)
    }

    /// Returns the group of a metric, if there is one of that name.
    pub(crate) fn group_of(&self, metric: &Metric) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == metric.group)
    }

    /// Returns the metrics of a group, in the file's order.
    pub(crate) fn metrics_of<'a>(&'a self, group: &'a Group) -> impl Iterator<Item = &'a Metric> {
        self.metrics
            .iter()
            .filter(|metric| metric.group == group.name)
    }
}

// === impl Group ===

impl Group {
    /// Returns the name of the Rust module.
    pub(crate) fn module(&self) -> &str {
        self.module.as_deref().unwrap_or(&self.name)
    }
}

// === impl Metric ===

impl Metric {
    /// Returns the name of the Rust constant, without the module.
    pub(crate) fn constant(&self, group: &Group) -> String {
        self.name
            .strip_prefix(&group.prefix)
            .unwrap_or(&self.name)
            .to_uppercase()
    }
}

// === impl Kind ===

impl Kind {
    /// Returns the kind in words, as the reference page says it.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::FloatCounter => "counter (float)",
            Self::UpDownCounter => "gauge (up-down)",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
            Self::Info => "info",
        }
    }

    /// Returns the variant of `dynamometer_exposition::Kind` it is exposed as.
    pub(crate) fn exposed(self) -> &'static str {
        match self {
            Self::Counter | Self::FloatCounter => "Counter",
            Self::UpDownCounter | Self::Gauge => "Gauge",
            Self::Histogram => "Histogram",
            Self::Info => "Info",
        }
    }

    /// Returns whether the value only ever grows.
    pub(crate) fn is_counter(self) -> bool {
        matches!(self, Self::Counter | Self::FloatCounter)
    }
}

// === impl Unit ===

impl Unit {
    /// Returns the unit as it ends a name.
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Bytes => "bytes",
            Self::Ratio => "ratio",
        }
    }

    /// Returns the variant of the facade's `Unit`.
    pub(crate) fn variant(self) -> &'static str {
        match self {
            Self::Seconds => "Seconds",
            Self::Bytes => "Bytes",
            Self::Ratio => "Ratio",
        }
    }
}

// === impl Rule ===

impl Rule {
    /// Returns the rule's name in the file.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::TotalSuffix => "total_suffix",
            Self::UnitSuffix => "unit_suffix",
            Self::BaseUnit => "base_unit",
            Self::FullStop => "full_stop",
            Self::AliasKind => "alias_kind",
        }
    }
}
