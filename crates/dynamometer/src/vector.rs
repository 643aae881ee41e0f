//! Families in one call, for code that was written against a metrics registry.

use crate::container::Container;
use crate::error::Error;
use crate::family::{CounterVec, GaugeVec};

/// Families by name, help, label names and constant labels.
///
/// The calls of the registry that components used before; the builders do the
/// same and more.
impl Container {
    /// Creates a family of counters of whole things.
    ///
    /// `label_names` are looked up by their values, `labels` are constant. For
    /// amounts there is [`float_counter`](Self::float_counter).
    ///
    /// ```
    /// let container = dynamometer::Container::new("app");
    /// let responses = container.create_countervec(
    ///     "responses",
    ///     "HTTP responses",
    ///     &["status_code", "method"],
    ///     &[("service", "api")],
    /// )?;
    /// responses.with_label_values(&["200", "GET"]).inc();
    /// assert!(container.export_prometheus().contains(
    ///     r#"app_responses{method="GET",service="api",status_code="200"} 1"#
    /// ));
    /// # Ok::<(), dynamometer::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`Builder::try_vec`](crate::Builder::try_vec).
    pub fn create_countervec(
        &self,
        name: &str,
        help: &str,
        label_names: &[&str],
        labels: &[(&str, &str)],
    ) -> Result<CounterVec, Error> {
        let counter = self.counter(name).help(help).labels(labels);
        counter.try_vec(label_names)
    }

    /// Creates a family of gauges.
    ///
    /// ```
    /// let container = dynamometer::Container::new("app");
    /// let memory = container.create_gaugevec("memory_bytes", "Memory in use", &["gpu"], &[])?;
    /// memory.with_label_values(&["0"]).set(8192.0);
    /// assert!(container.export_prometheus().contains(r#"app_memory_bytes{gpu="0"} 8192"#));
    /// # Ok::<(), dynamometer::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`create_countervec`](Self::create_countervec).
    pub fn create_gaugevec(
        &self,
        name: &str,
        help: &str,
        label_names: &[&str],
        labels: &[(&str, &str)],
    ) -> Result<GaugeVec, Error> {
        let gauge = self.gauge(name).help(help).labels(labels);
        gauge.try_vec(label_names)
    }

    /// Creates a family of counters of whole things.
    ///
    /// The same as [`create_countervec`](Self::create_countervec), whose counters
    /// are `u64` already.
    ///
    /// # Errors
    ///
    /// As for [`create_countervec`](Self::create_countervec).
    pub fn create_intcountervec(
        &self,
        name: &str,
        help: &str,
        label_names: &[&str],
        labels: &[(&str, &str)],
    ) -> Result<CounterVec, Error> {
        self.create_countervec(name, help, label_names, labels)
    }

    /// Creates a family of gauges that are set to whole numbers.
    ///
    /// The same as [`create_gaugevec`](Self::create_gaugevec): a gauge is an
    /// `f64`, which holds whole numbers up to 2⁵³ exactly.
    ///
    /// # Errors
    ///
    /// As for [`create_countervec`](Self::create_countervec).
    pub fn create_intgaugevec(
        &self,
        name: &str,
        help: &str,
        label_names: &[&str],
        labels: &[(&str, &str)],
    ) -> Result<GaugeVec, Error> {
        self.create_gaugevec(name, help, label_names, labels)
    }
}
