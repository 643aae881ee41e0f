//! A family whose keys are strings, without the names of its labels, and a state
//! set without states.

use dynamometer::{Counter, CounterVec, MetricVec, Metrics, Names, StateSet, StateSetVec};

#[derive(Metrics)]
struct WorkerMetrics {
    requests: CounterVec,
    #[metric(name = "errors_total", limit = 10)]
    errors: MetricVec<Counter, Names>,
    state: StateSet,
    #[metric(label_names = ["a"])]
    states: StateSetVec,
}

fn main() {}
