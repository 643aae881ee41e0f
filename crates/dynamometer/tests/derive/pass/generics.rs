//! Lifetimes, types with bounds, constants and a where clause are carried over.

use std::fmt::Debug;

use dynamometer::{
    BaseComponentMetrics, Container, Counter, CounterVec, Declare, Labels, Metrics,
};

#[derive(Metrics)]
struct WorkerMetrics<'a, T: Debug, C, const N: usize>
where
    T: Clone,
{
    base: BaseComponentMetrics,
    requests: C,
    #[metric(label_names = ["model"])]
    family: CounterVec,
    #[metric(skip)]
    name: &'a str,
    #[metric(skip)]
    extra: Option<[T; N]>,
}

#[derive(Labels)]
struct Key<'a, T: ?Sized, const N: usize>
where
    T: Debug,
{
    model: &'a T,
}

// The bounds that the derive adds are no wider than the fields need.
fn register<C: Declare>(container: &Container) -> WorkerMetrics<'_, u8, C, 2> {
    WorkerMetrics::register(container)
}

fn main() {
    let container = Container::new("worker");
    let metrics = register::<Counter>(&container);
    metrics.requests.inc();
    metrics.print_metrics();
    assert_eq!((metrics.name, metrics.extra), ("", None));

    let key: Key<'_, str, 1> = Key { model: "small" };
    assert_eq!(key.with_values(|values| values.len()), 1);

    // A struct whose fields are not metrics is still made by hand.
    let by_hand = WorkerMetrics::<'_, u8, (), 2> {
        base: BaseComponentMetrics::new_prometheus("worker"),
        requests: (),
        family: metrics.family.clone(),
        name: "one",
        extra: Some([1, 2]),
    };
    by_hand.print_metrics();
}
