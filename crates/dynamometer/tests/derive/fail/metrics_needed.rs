//! A family whose keys are strings, without the names of its labels.

use dynamometer::{Counter, CounterVec, MetricVec, Metrics, Names};

#[derive(Metrics)]
struct WorkerMetrics {
    requests: CounterVec,
    #[metric(name = "errors_total", limit = 10)]
    errors: MetricVec<Counter, Names>,
}

fn main() {}
