//! A field called `base` that is not one.

use dynamometer::{Gauge, Metrics};

#[derive(Metrics)]
struct WorkerMetrics {
    base: Gauge,
}

fn main() {}
