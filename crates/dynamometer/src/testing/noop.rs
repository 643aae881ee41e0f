//! A container that keeps nothing.

use dynamometer_exposition::Snapshot;

use crate::error::Error;
use crate::handle::{Counter, Gauge, Histogram};
use crate::traits::{MetricContainer, MetricCounter, MetricGauge, MetricHistogram};

/// Accepts every metric and counts nothing.
///
/// For code that must be handed a container where nobody reads one. Handles cost
/// as much as real ones, about a nanosecond; they read 0.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoopContainer;

impl MetricContainer for NoopContainer {
    fn try_create_counter(
        &self,
        _name: &str,
        _help: &str,
        _labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricCounter>, Error> {
        Ok(Box::new(Counter::noop()))
    }

    fn try_create_gauge(
        &self,
        _name: &str,
        _help: &str,
        _labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricGauge>, Error> {
        Ok(Box::new(Gauge::noop()))
    }

    fn try_create_histogram_with_buckets(
        &self,
        _name: &str,
        _help: &str,
        _labels: &[(&str, &str)],
        _buckets: &[f64],
    ) -> Result<Box<dyn MetricHistogram>, Error> {
        Ok(Box::new(Histogram::noop()))
    }

    fn get_metrics(&self) -> Snapshot {
        Snapshot::default()
    }
}
