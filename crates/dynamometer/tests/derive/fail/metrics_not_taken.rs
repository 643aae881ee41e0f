//! An attribute that the field's type has no use for.

use dynamometer::{Container, Counter, Declaration, Declare, Error, Metrics};

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
}

fn main() {}
