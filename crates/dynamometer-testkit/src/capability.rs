//! What a container may offer beyond the traits.

use std::fmt;

/// Something that not every container can do, as `requires` in a scenario names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Capability {
    /// Counters of amounts.
    FloatCounter,
    /// Counts of things that come and go.
    UpDownCounter,
    /// Metrics that have a unit.
    Unit,
    /// Metrics that have further names.
    Alias,
    /// Families whose series are looked up by label values.
    Family,
    /// Facts that are told in labels.
    Info,
    /// States of which each is on or off.
    StateSet,
    /// Histograms whose buckets grow with the value.
    ExponentialHistogram,
    /// Views with a longer prefix and more constant labels.
    Scope,
    /// A page with nothing on it but what the scenario created.
    WholePage,
    /// Refused registrations and dropped samples are counted in
    /// `dynamometer::self_metrics()`.
    SelfMetrics,
    /// Errors in the words of this library; without it only their kinds are compared.
    Messages,
}

impl Capability {
    /// Every capability.
    pub const ALL: &'static [Self] = &[
        Self::FloatCounter,
        Self::UpDownCounter,
        Self::Unit,
        Self::Alias,
        Self::Family,
        Self::Info,
        Self::StateSet,
        Self::ExponentialHistogram,
        Self::Scope,
        Self::WholePage,
        Self::SelfMetrics,
        Self::Messages,
    ];

    /// The name in scenario files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FloatCounter => "float_counter",
            Self::UpDownCounter => "up_down_counter",
            Self::Unit => "unit",
            Self::Alias => "alias",
            Self::Family => "family",
            Self::Info => "info",
            Self::StateSet => "state_set",
            Self::ExponentialHistogram => "exponential_histogram",
            Self::Scope => "scope",
            Self::WholePage => "whole_page",
            Self::SelfMetrics => "self_metrics",
            Self::Messages => "messages",
        }
    }

    pub(crate) fn named(name: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|known| known.as_str() == name);
        known.copied().ok_or_else(|| {
            let all: Vec<_> = Self::ALL.iter().map(|known| known.as_str()).collect();
            format!("unknown capability {name:?}; known are {}", all.join(", "))
        })
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
