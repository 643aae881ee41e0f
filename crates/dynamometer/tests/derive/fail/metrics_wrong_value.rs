//! Values of the wrong type, which only the compiler sees.

use dynamometer::{Histogram, Metrics};

#[derive(Metrics)]
struct WorkerMetrics {
    #[metric(buckets = [1, 2])]
    whole: Histogram,
    #[metric(buckets = 1.0)]
    one: Histogram,
    #[metric(labels(port = 8000))]
    labelled: Histogram,
}

fn main() {}
