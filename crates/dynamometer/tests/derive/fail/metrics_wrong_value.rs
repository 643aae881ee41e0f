//! Values of the wrong type, which only the compiler sees.

use dynamometer::{Histogram, HistogramVec, Metrics, StateSet};

#[derive(Metrics)]
struct WorkerMetrics {
    #[metric(buckets = [1, 2])]
    whole: Histogram,
    #[metric(buckets = 1.0)]
    one: Histogram,
    #[metric(labels(port = 8000))]
    labelled: Histogram,
    #[metric(limit = "many")]
    limited: Histogram,
    #[metric(label_names = ["a"], expire_after = 60)]
    expiring: HistogramVec,
    #[metric(states = [1, 2])]
    numbers: StateSet,
    #[metric(states = 1)]
    number: StateSet,
}

fn main() {}
