//! `observe` of a histogram, with explicit and with exponential buckets.

use crate::floor;
use crate::harness::Contest;
use crate::peer::{
    dynamometer, measured, metrics, metriken, opentelemetry, prometheus, prometheus_client,
};
use crate::value::Latencies;

/// The default buckets of the Prometheus clients, in seconds.
pub(crate) const ELEVEN: [f64; 11] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// The same, up to ten minutes.
const SEVENTEEN: [f64; 17] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0,
    600.0,
];

/// Returns the contest with eleven buckets.
pub(crate) fn eleven() -> Contest {
    contest("histogram-11", ELEVEN)
}

/// Returns the contest with seventeen buckets.
pub(crate) fn seventeen() -> Contest {
    contest("histogram-17", SEVENTEEN)
}

/// Returns the contest of those whose buckets grow with the value.
pub(crate) fn exponential() -> Contest {
    let values = Latencies::over(&ELEVEN);
    let mut entrants = vec![
        floor::generator(values),
        dynamometer::exponential_histogram(values),
    ];
    entrants.extend(metriken::histogram(values));
    Contest::new("histogram-exponential", entrants)
}

fn contest<const N: usize>(kind: &'static str, bounds: [f64; N]) -> Contest {
    let values = Latencies::over(&bounds);
    let mut entrants = vec![
        floor::generator(values),
        dynamometer::histogram(&bounds, values),
        prometheus::histogram(&bounds, values),
        prometheus_client::histogram(&bounds, values),
        metrics::histogram(&bounds, values),
        measured::histogram(bounds, values),
    ];
    entrants.extend(metriken::histogram(values));
    entrants.extend(opentelemetry::histogram(&bounds, values));
    Contest::new(kind, entrants)
}
