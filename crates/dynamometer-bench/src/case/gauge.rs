//! `set` of a gauge, and raising it.

use crate::harness::Contest;
use crate::peer::{
    dynamometer, measured, metrics, metriken, opentelemetry, prometheus, prometheus_client,
};

/// Returns the contest over setting a gauge.
pub(crate) fn set() -> Contest {
    let mut entrants = vec![
        dynamometer::gauge_set(),
        prometheus::gauge_set(),
        prometheus_client::gauge_set(),
        metrics::gauge_set(),
        measured::gauge_set(),
        metriken::gauge_set(),
    ];
    entrants.extend(opentelemetry::gauge_set());
    Contest::new("gauge-set", entrants)
}

/// Returns the contest over raising a gauge.
pub(crate) fn add() -> Contest {
    Contest::new(
        "gauge-add",
        vec![
            dynamometer::gauge_add(),
            prometheus::gauge_add(),
            prometheus_client::gauge_add(),
            metrics::gauge_add(),
            measured::gauge_add(),
            metriken::gauge_add(),
            opentelemetry::gauge_add(),
        ],
    )
}
