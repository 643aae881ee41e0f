//! Which text format a page is in.

/// A text format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Prometheus text, version 0.0.4.
    ///
    /// <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>
    Prometheus,
    /// `OpenMetrics` text, version 1.0.
    ///
    /// <https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md#text-format>
    OpenMetrics,
}
