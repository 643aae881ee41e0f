//! Lifetimes, types with bounds, constants and a where clause are carried over.

use std::fmt::Debug;

use dynamometer::{BaseComponentMetrics, Metrics};

#[derive(Metrics)]
struct WorkerMetrics<'a, T: Debug, const N: usize>
where
    T: Clone,
{
    base: BaseComponentMetrics,
    name: &'a str,
    extra: [T; N],
}

fn main() {
    let metrics = WorkerMetrics {
        base: BaseComponentMetrics::new_prometheus("worker"),
        name: "one",
        extra: [1, 2],
    };
    metrics.print_metrics();
    assert_eq!((metrics.name, metrics.extra.len()), ("one", 2));
}
