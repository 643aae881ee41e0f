//! Feature `prometheus`: containers that a Prometheus server scrapes.

use std::ops::Deref;

use dynamometer_exposition::Snapshot;

use crate::backend::Backend;
use crate::base::BaseComponentMetrics;
use crate::container::Container;
use crate::error::Error;
use crate::traits::{MetricContainer, MetricCounter, MetricGauge, MetricHistogram};

/// A [`Container`] that is exposed as Prometheus text.
///
/// ```
/// use dynamometer::PrometheusContainer;
///
/// let container = PrometheusContainer::new("app");
/// container.create_counter("requests_total", "Requests handled.", &[]).inc_by(6);
/// assert!(container.export_prometheus().ends_with("\napp_requests_total 6\n"));
/// # use dynamometer::MetricContainer;
/// ```
#[derive(Clone, Debug)]
pub struct PrometheusContainer(Container);

impl PrometheusContainer {
    /// Creates an empty container whose metrics begin with `prefix` and `_`.
    ///
    /// See [`Container::new`].
    pub fn new(prefix: &str) -> Self {
        Self(Container::new(prefix))
    }
}

impl Deref for PrometheusContainer {
    type Target = Container;

    fn deref(&self) -> &Container {
        &self.0
    }
}

impl From<PrometheusContainer> for Container {
    fn from(container: PrometheusContainer) -> Self {
        container.0
    }
}

impl MetricContainer for PrometheusContainer {
    fn try_create_counter(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricCounter>, Error> {
        self.0.try_create_counter(name, help, labels)
    }

    fn try_create_gauge(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricGauge>, Error> {
        self.0.try_create_gauge(name, help, labels)
    }

    fn try_create_histogram_with_buckets(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
        buckets: &[f64],
    ) -> Result<Box<dyn MetricHistogram>, Error> {
        self.0
            .try_create_histogram_with_buckets(name, help, labels, buckets)
    }

    fn get_metrics(&self) -> Snapshot {
        self.0.get_metrics()
    }
}

impl BaseComponentMetrics {
    /// Creates the base of a component that a Prometheus server scrapes.
    pub fn new_prometheus(prefix: &str) -> Self {
        Self::over(PrometheusContainer::new(prefix))
            .read_by(vec![Backend::Prometheus])
            .published(prefix)
    }
}
