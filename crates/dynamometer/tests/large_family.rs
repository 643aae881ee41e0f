//! Families of many counters, whose cells a snapshot reads side by side.

use dynamometer::{Container, Counter, CounterVec, Snapshot, Value};

const SERIES: usize = 200;

struct Numbered {
    container: Container,
    family: CounterVec,
}

impl Numbered {
    fn new() -> Self {
        let container = Container::new("app");
        let family = container.counter("c_total").vec(&["n"]);
        Self { container, family }
    }

    fn counter(&self, n: usize) -> Counter {
        self.family.with_label_values(&[&n.to_string()]).keep()
    }

    fn remove(&self, n: usize) {
        assert!(self.family.remove(&[&n.to_string()]));
    }

    fn expect(&self, numbers: impl Iterator<Item = usize>, value: impl Fn(usize) -> u64) {
        let snapshot = self.container.get_metrics();
        let of = |n: usize| count(&snapshot, n);
        let mut series = 0;
        for n in numbers {
            assert_eq!(of(n), Some(value(n)), "series {n}");
            series += 1;
        }
        assert_eq!(snapshot.series(), series);
    }
}

fn count(snapshot: &Snapshot, n: usize) -> Option<u64> {
    match snapshot.value("app_c_total", &[("n", &n.to_string())])? {
        Value::Unsigned(value) => Some(value),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_value_stays_with_its_labels_as_series_come_and_go_between_reads() {
    let numbered = Numbered::new();
    for n in 0..SERIES {
        numbered.counter(n).inc_by(n as u64 + 1);
    }
    let value = |n: usize| n as u64 + 1;
    numbered.expect(0..SERIES, value);
    // More of them, and a read of what was noted at the last one.
    for n in SERIES..2 * SERIES {
        numbered.counter(n).inc_by(value(n));
    }
    numbered.expect(0..2 * SERIES, value);
    // Fewer: the last one takes the place of each that goes.
    for n in (0..SERIES).step_by(3) {
        numbered.remove(n);
    }
    let left = || (0..2 * SERIES).filter(|n| *n >= SERIES || n % 3 != 0);
    numbered.expect(left(), value);
    // Their cells are used again.
    for n in 2 * SERIES..2 * SERIES + 50 {
        numbered.counter(n).inc_by(value(n));
    }
    numbered.expect(left().chain(2 * SERIES..2 * SERIES + 50), value);
}

#[test]
fn a_snapshot_that_is_held_keeps_its_values_while_series_are_added() {
    let numbered = Numbered::new();
    let counters: Vec<_> = (0..SERIES).map(|n| numbered.counter(n)).collect();
    let before = numbered.container.get_metrics();
    counters.iter().for_each(Counter::inc);
    numbered.counter(SERIES).inc();
    numbered.expect(0..=SERIES, |_| 1);
    assert_eq!(count(&before, 5), Some(0));
    assert_eq!(before.series(), SERIES);
}

#[test]
fn a_total_that_is_set_shows_among_many_that_are_counted() {
    let numbered = Numbered::new();
    let counters: Vec<_> = (0..SERIES).map(|n| numbered.counter(n)).collect();
    counters.iter().for_each(Counter::inc);
    numbered.expect(0..SERIES, |_| 1);
    counters[7].set_total(1000);
    numbered.expect(0..SERIES, |n| if n == 7 { 1000 } else { 1 });
    counters[7].inc();
    numbered.expect(0..SERIES, |n| if n == 7 { 1001 } else { 1 });
}
