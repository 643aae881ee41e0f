//! The path to the library is used.

use dynamometer::{Counter, Metrics};

#[derive(Metrics)]
#[metrics(crate = "nowhere")]
struct WorkerMetrics {
    requests: Counter,
}

fn main() {}
