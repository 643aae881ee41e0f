//! `inc` of a counter.

use crate::floor;
use crate::harness::Contest;
use crate::peer::{
    dynamometer, measured, metrics, metriken, opentelemetry, prometheus, prometheus_client,
};

/// Returns the contest over one counter, again and again.
pub(crate) fn single() -> Contest {
    let mut entrants = vec![
        floor::empty_loop(),
        floor::unlocked_add(),
        floor::fetch_add(),
        dynamometer::counter(),
        prometheus::counter(),
        prometheus_client::counter(),
        metrics::counter(),
        measured::counter(),
    ];
    entrants.extend(metriken::counter());
    entrants.extend(opentelemetry::counter());
    Contest::new("counter", entrants)
}

/// Returns the contest over sixteen counters in turn.
///
/// One cell again and again lets the processor forward a store to the next
/// load; with sixteen the addressing and the cache show.
pub(crate) fn in_turn() -> Contest {
    Contest::new(
        "counter-16",
        vec![
            floor::unlocked_adds_in_turn(),
            dynamometer::counters_in_turn(),
            prometheus::counters_in_turn(),
            prometheus_client::counters_in_turn(),
            metrics::counters_in_turn(),
            measured::counters_in_turn(),
            metriken::counters_in_turn(),
            opentelemetry::counters_in_turn(),
        ],
    )
}
