//! Mistakes in attributes, all told at once.

use dynamometer::{Counter, Gauge, Histogram, Metrics, StateSet};

#[derive(Metrics)]
#[metrics(prefix = "a-b", label(port = "8000"), labels(le = "x", port = "1", port = "2"))]
#[metrics(prefix = "c", crate = "not a path")]
struct WorkerMetrics {
    #[metric(rename = "requests", name = "requests-total", name = "requests")]
    requests: Counter,
    #[metric(name = 1, unit = "ms")]
    latency: Histogram,
    #[metric(unit, buckets, limit)]
    missing: Histogram,
    #[metric(labels(port = "3", a::b = "4"), labels = "x")]
    labelled: Gauge,
    #[metric(buckets = [1.0, 1.0], exponential)]
    twice: Histogram,
    #[metric(buckets = [], limit = 0, exponential = true)]
    none: Histogram,
    #[metric(label_names = "a", alias = "aliased", alias = "o l d", label_names = ["a", 5])]
    aliased: Gauge,
    #[metric(label_names = ["__a", "b", "b"])]
    named: Gauge,
    #[metric(expire_after, shared_cells = true)]
    expiring: Gauge,
    #[metric(states = [])]
    stateless: StateSet,
    #[metric(states = ["a", "", "a"], states)]
    states: StateSet,
    #[metric]
    größe: Gauge,
}

fn main() {}
