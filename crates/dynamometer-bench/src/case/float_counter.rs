//! `inc_by` of a counter of f64. metrics, measured and metriken have none.

use crate::harness::Contest;
use crate::peer::{dynamometer, opentelemetry, prometheus, prometheus_client};

/// Returns the contest.
pub(crate) fn contest() -> Contest {
    Contest::new(
        "float-counter",
        vec![
            dynamometer::float_counter(),
            prometheus::float_counter(),
            prometheus_client::float_counter(),
            opentelemetry::float_counter(),
        ],
    )
}
