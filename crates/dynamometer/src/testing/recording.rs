//! A container that remembers what was done to it.

use std::sync::{Arc, Mutex, PoisonError};

use dynamometer_exposition::{HistogramValue, Snapshot, Value};

use crate::container::Container;
use crate::error::Error;
use crate::traits::{MetricContainer, MetricCounter, MetricGauge, MetricHistogram};

/// One thing that a component did.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// Created a metric; the name is without prefix, as it was asked for.
    Created {
        /// `counter`, `gauge` or `histogram`.
        kind: &'static str,
        /// The name.
        name: String,
        /// The labels, in the order given.
        labels: Vec<(String, String)>,
    },
    /// Added to the counter of this name.
    Counted(String, u64),
    /// Set the gauge of this name.
    Set(String, f64),
    /// Changed the gauge of this name by an amount.
    Changed(String, f64),
    /// Observed a value, so many times, in the histogram of this name.
    Observed(String, f64, u64),
}

/// A real container that also keeps every call in order, for a component's tests.
///
/// ```
/// use dynamometer::{Event, MetricContainer, RecordingContainer};
///
/// fn component(metrics: &dyn MetricContainer) {
///     metrics.create_counter("requests_total", "Requests.", &[("code", "200")]).inc();
/// }
///
/// let metrics = RecordingContainer::new("app");
/// component(&metrics);
/// assert_eq!(metrics.events()[1], Event::Counted("requests_total".into(), 1));
/// assert_eq!(metrics.value("app_requests_total", &[("code", "200")]), Some(1.0));
/// ```
///
/// # Cost
///
/// A lock and an allocation per record: for tests only.
#[derive(Clone, Debug)]
pub struct RecordingContainer {
    inner: Container,
    log: Log,
}

#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<Event>>>);

impl Log {
    fn push(&self, event: Event) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(event);
    }

    fn created(&self, kind: &'static str, name: &str, labels: &[(&str, &str)]) {
        let labels = labels
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect();
        self.push(Event::Created {
            kind,
            name: name.to_owned(),
            labels,
        });
    }

    fn wrap<T: ?Sized>(&self, name: &str, handle: Box<T>) -> Recorded<T> {
        Recorded {
            name: name.to_owned(),
            log: self.clone(),
            handle,
        }
    }
}

impl RecordingContainer {
    /// Creates an empty container.
    pub fn new(prefix: &str) -> Self {
        Self {
            inner: Container::new(prefix),
            log: Log::default(),
        }
    }

    /// Returns everything done so far, in order.
    pub fn events(&self) -> Vec<Event> {
        self.log
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Returns the value of a series by its full name; a histogram's sum.
    pub fn value(&self, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
        self.inner
            .get_metrics()
            .value(name, labels)
            .map(Value::as_f64)
    }
}

struct Recorded<T: ?Sized> {
    name: String,
    log: Log,
    handle: Box<T>,
}

impl MetricCounter for Recorded<dyn MetricCounter> {
    fn inc(&self) {
        self.inc_by(1);
    }

    fn inc_by(&self, n: u64) {
        self.log.push(Event::Counted(self.name.clone(), n));
        self.handle.inc_by(n);
    }

    fn get_value(&self) -> u64 {
        self.handle.get_value()
    }
}

impl MetricGauge for Recorded<dyn MetricGauge> {
    fn set(&self, v: f64) {
        self.log.push(Event::Set(self.name.clone(), v));
        self.handle.set(v);
    }

    fn inc(&self, by: f64) {
        self.log.push(Event::Changed(self.name.clone(), by));
        self.handle.inc(by);
    }

    fn dec(&self, by: f64) {
        self.log.push(Event::Changed(self.name.clone(), -by));
        self.handle.dec(by);
    }

    fn get_value(&self) -> f64 {
        self.handle.get_value()
    }
}

impl MetricHistogram for Recorded<dyn MetricHistogram> {
    fn observe(&self, v: f64) {
        self.observe_n(v, 1);
    }

    fn observe_n(&self, v: f64, n: u64) {
        self.log.push(Event::Observed(self.name.clone(), v, n));
        self.handle.observe_n(v, n);
    }

    fn get_value(&self) -> HistogramValue {
        self.handle.get_value()
    }
}

impl MetricContainer for RecordingContainer {
    fn try_create_counter(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricCounter>, Error> {
        let handle = self.inner.try_create_counter(name, help, labels)?;
        self.log.created("counter", name, labels);
        Ok(Box::new(self.log.wrap(name, handle)))
    }

    fn try_create_gauge(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricGauge>, Error> {
        let handle = self.inner.try_create_gauge(name, help, labels)?;
        self.log.created("gauge", name, labels);
        Ok(Box::new(self.log.wrap(name, handle)))
    }

    fn try_create_histogram_with_buckets(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
        buckets: &[f64],
    ) -> Result<Box<dyn MetricHistogram>, Error> {
        let handle = self
            .inner
            .try_create_histogram_with_buckets(name, help, labels, buckets)?;
        self.log.created("histogram", name, labels);
        Ok(Box::new(self.log.wrap(name, handle)))
    }

    fn get_metrics(&self) -> Snapshot {
        self.inner.get_metrics()
    }
}
