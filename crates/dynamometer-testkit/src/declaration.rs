//! What a container is asked for.

use dynamometer::{ExponentialLayout, Unit};

use crate::scenario::MetricKind;

/// What a scenario asks a container to create.
#[derive(Clone, Debug)]
pub struct Declaration<'a> {
    /// The kind of handle.
    pub kind: MetricKind,
    /// The name, without the container's prefix.
    pub name: &'a str,
    /// The help text.
    pub help: &'a str,
    /// The unit, where one is given.
    pub unit: Option<Unit>,
    /// Names and values of the labels.
    pub labels: &'a [(&'a str, &'a str)],
    /// A histogram's upper bounds, where they are given.
    pub buckets: Option<&'a [f64]>,
    /// An exponential histogram's resolution and range.
    pub layout: ExponentialLayout,
    /// The states of a state set.
    pub states: &'a [&'a str],
    /// Further names, without the container's prefix.
    pub aliases: &'a [&'a str],
    /// How many series a family may have, where it is given.
    pub limit: Option<usize>,
}

impl Declaration<'_> {
    /// True for what the traits do not have.
    pub(crate) fn is_extended(&self) -> bool {
        let kinds = [
            MetricKind::Counter,
            MetricKind::Gauge,
            MetricKind::Histogram,
        ];
        self.unit.is_some() || !self.aliases.is_empty() || !kinds.contains(&self.kind)
    }
}
