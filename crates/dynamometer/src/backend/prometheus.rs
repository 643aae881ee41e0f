//! Feature `prometheus`: containers that a Prometheus server scrapes.

use crate::backend::{Backend, is_container};
use crate::base::BaseComponentMetrics;
use crate::container::Container;

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

is_container!(PrometheusContainer);

impl BaseComponentMetrics {
    /// Creates the base of a component that a Prometheus server scrapes.
    pub fn new_prometheus(prefix: &str) -> Self {
        Self::over(PrometheusContainer::new(prefix))
            .read_by(vec![Backend::Prometheus])
            .published(prefix)
    }
}
