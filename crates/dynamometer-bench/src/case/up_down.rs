//! `inc` and `dec` of what counts things in flight; ns per single one of them.

use crate::harness::Contest;
use crate::peer::{
    dynamometer, measured, metrics, metriken, opentelemetry, prometheus, prometheus_client,
};

/// Returns the contest.
pub(crate) fn contest() -> Contest {
    let mut entrants = vec![
        dynamometer::up_down(),
        prometheus::up_down(),
        prometheus_client::up_down(),
        metrics::up_down(),
        measured::up_down(),
        metriken::up_down(),
    ];
    entrants.extend(opentelemetry::up_down());
    Contest::new("up-down", entrants)
}
