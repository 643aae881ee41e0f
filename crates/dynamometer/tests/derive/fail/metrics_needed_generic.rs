//! A generic struct is found wanting where it is registered.

use dynamometer::{Container, Gauge, Handle, MetricVec, Metrics};

#[derive(Metrics)]
struct WorkerMetrics<H: Handle> {
    values: MetricVec<H>,
}

fn main() {
    WorkerMetrics::<Gauge>::register(&Container::new("app"));
}
