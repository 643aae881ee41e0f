//! A field whose type is no metric.

use dynamometer::{Counter, Gauge, Metrics};

#[derive(Metrics)]
struct WorkerMetrics {
    requests: Counter,
    name: &'static str,
    database: DatabaseMetrics,
    #[metric(nested)]
    level: Gauge,
}

#[derive(Metrics)]
struct DatabaseMetrics {}

fn main() {}
