//! The object-safe interface: what a component may know of its metrics.

use dynamometer_exposition::{Format, HistogramValue, Snapshot, text};

use crate::DEFAULT_BUCKETS;
use crate::error::Error;
use crate::handle::{Counter, Gauge, Histogram};
use crate::self_metrics::report;

/// A counter behind a trait object. See [`Counter`].
///
/// # For implementors
///
/// Every method may be called from any thread at any time. Recording must not
/// fail, block or panic; `get_value` may be slow.
pub trait MetricCounter: Send + Sync {
    /// Adds one.
    fn inc(&self);
    /// Adds `n`.
    fn inc_by(&self, n: u64);
    /// Returns the sum over all threads.
    fn get_value(&self) -> u64;
}

/// A gauge behind a trait object. See [`Gauge`].
///
/// # For implementors
///
/// As for [`MetricCounter`]. NaN is kept.
pub trait MetricGauge: Send + Sync {
    /// Sets the value.
    fn set(&self, v: f64);
    /// Adds `by`.
    fn inc(&self, by: f64);
    /// Takes `by` away.
    fn dec(&self, by: f64);
    /// Returns the value.
    fn get_value(&self) -> f64;
}

/// A histogram behind a trait object. See [`Histogram`].
///
/// # For implementors
///
/// As for [`MetricCounter`]. NaN is dropped, not counted as an observation.
pub trait MetricHistogram: Send + Sync {
    /// Counts `v`.
    fn observe(&self, v: f64);
    /// Counts `v` `n` times.
    fn observe_n(&self, v: f64, n: u64);
    /// Returns buckets and sum over all threads.
    fn get_value(&self) -> HistogramValue;
}

/// A set of metrics with a prefix and constant labels.
///
/// Components declare their metrics through it and know nothing of how they
/// leave the process. Names and labels are sanitised; creating the same thing
/// twice returns the same series.
///
/// `create_*` never fails: on bad input it returns a working handle that is in
/// no container, logs the mistake once, and counts it in
/// `dynamometer_registration_errors_total{reason}`. `try_create_*` returns the
/// mistake instead.
///
/// # For implementors
///
/// Implement the three `try_create_*` and [`get_metrics`](Self::get_metrics);
/// the rest follows. `get_metrics` must not block recording, and must be
/// repeatable: reading changes nothing. The conformance kit of
/// `dynamometer-testkit` runs against any implementation.
pub trait MetricContainer: Send + Sync {
    /// Creates a counter, or returns why it can not be.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind); every kind but `Backend` and the two
    /// about buckets.
    fn try_create_counter(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricCounter>, Error>;

    /// Creates a gauge, or returns why it can not be.
    ///
    /// # Errors
    ///
    /// As for [`try_create_counter`](Self::try_create_counter).
    fn try_create_gauge(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricGauge>, Error>;

    /// Creates a histogram with the given upper bounds, or returns why it can not be.
    ///
    /// `buckets` are finite and increasing; `+Inf` is always there and not listed.
    ///
    /// # Errors
    ///
    /// As for [`try_create_counter`](Self::try_create_counter), and where the
    /// buckets are wrong or differ from those of the existing family.
    fn try_create_histogram_with_buckets(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
        buckets: &[f64],
    ) -> Result<Box<dyn MetricHistogram>, Error>;

    /// Returns the values of all metrics now.
    fn get_metrics(&self) -> Snapshot;

    /// Creates a counter.
    fn create_counter(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Box<dyn MetricCounter> {
        self.try_create_counter(name, help, labels)
            .unwrap_or_else(|error| {
                report(name, &error);
                Box::new(Counter::detached())
            })
    }

    /// Creates a gauge.
    fn create_gauge(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Box<dyn MetricGauge> {
        self.try_create_gauge(name, help, labels)
            .unwrap_or_else(|error| {
                report(name, &error);
                Box::new(Gauge::detached())
            })
    }

    /// Creates a histogram with [`DEFAULT_BUCKETS`].
    fn create_histogram(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Box<dyn MetricHistogram> {
        self.create_histogram_with_buckets(name, help, labels, DEFAULT_BUCKETS)
    }

    /// Creates a histogram with [`DEFAULT_BUCKETS`], or returns why it can not be.
    ///
    /// # Errors
    ///
    /// As for [`try_create_histogram_with_buckets`](Self::try_create_histogram_with_buckets).
    fn try_create_histogram(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricHistogram>, Error> {
        self.try_create_histogram_with_buckets(name, help, labels, DEFAULT_BUCKETS)
    }

    /// Creates a histogram with the given upper bounds.
    fn create_histogram_with_buckets(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
        buckets: &[f64],
    ) -> Box<dyn MetricHistogram> {
        self.try_create_histogram_with_buckets(name, help, labels, buckets)
            .unwrap_or_else(|error| {
                report(name, &error);
                Box::new(Histogram::detached())
            })
    }

    /// Returns all metrics as Prometheus text, version 0.0.4.
    fn export_prometheus(&self) -> String {
        text::to_string(&self.get_metrics())
    }

    /// Returns all metrics in a format; all but protobuf are UTF-8.
    fn export(&self, format: Format) -> Vec<u8> {
        format.render(&self.get_metrics(), Vec::new())
    }
}
