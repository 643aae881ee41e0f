//! Keys that do not go together, and two fields that are one series.

use dynamometer::{Counter, Metrics};

#[derive(Metrics)]
struct WorkerMetrics {
    #[metric(skip, name = "note", nested)]
    note: String,
    #[metric(nested, unit = "seconds", prefix = "db", labels(a = "b"))]
    database: DatabaseMetrics,
    #[metric(prefix = "http")]
    requests: Counter,
    #[metric(name = "errors", labels(kind = "a"))]
    first: Counter,
    #[metric(name = "errors", labels(kind = "b"))]
    second: Counter,
    #[metric(name = "errors", labels(kind = "a"))]
    third: Counter,
}

#[derive(Metrics)]
struct DatabaseMetrics {}

fn main() {}
