//! An attribute that the field's type has no use for.

use std::time::Duration;

use dynamometer::{
    Container, Counter, CounterVec, Declaration, Declare, Error, Gauge, GaugeVec, Metrics,
};

struct Plain;

impl Declare for Plain {
    fn declare(_: &Container, _: &Declaration<'_>) -> Self {
        Self
    }

    fn try_declare(_: &Container, _: &Declaration<'_>) -> Result<Self, Error> {
        Ok(Self)
    }
}

#[derive(Metrics)]
struct WorkerMetrics {
    #[metric(buckets = [1.0, 2.0])]
    requests: Counter,
    #[metric(exponential)]
    exponential: Plain,
    #[metric(alias = "old")]
    alias: Plain,
    #[metric(limit = 10)]
    limit: Plain,
    #[metric(label_names = ["a"])]
    label_names: Plain,
    #[metric(expire_after = Duration::from_secs(1))]
    expire_after: Counter,
    #[metric(shared_cells)]
    shared_cells: Gauge,
    #[metric(buckets = [1.0, 2.0], label_names = ["a"])]
    family: CounterVec,
    #[metric(label_names = ["a"])]
    keyed: GaugeVec<()>,
    #[metric(states = ["a"])]
    states: Counter,
}

fn main() {}
