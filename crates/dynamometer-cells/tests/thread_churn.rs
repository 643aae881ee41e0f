//! Every record of every thread is in the sums, however threads come and go.
#![cfg(not(loom))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod meanwhile;

use std::cell::RefCell;
use std::fmt::Debug;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use dynamometer_cells::{Bounds, CounterCell, FloatCell, HistogramCells, Options, UpDownCells};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::meanwhile::meanwhile;

/// One cell set of each additive kind.
#[derive(Clone)]
struct Series {
    counter: CounterCell,
    float: FloatCell,
    up_down: UpDownCells,
    histogram: HistogramCells,
}

#[derive(Clone, Copy, Debug)]
enum Record {
    Count(u32),
    Amount(u32),
    Change(i32),
    Observe(u8),
}

/// What one thread does: records, lives through `waves` more waves, and records
/// once more while its thread-locals are destroyed.
#[derive(Clone, Debug)]
struct Life {
    records: Vec<Record>,
    waves: usize,
    farewell: Option<Record>,
}

#[derive(Debug, Default, PartialEq)]
struct Totals {
    counter: u64,
    float: f64,
    up_down: i64,
    sum: f64,
    buckets: Vec<u64>,
}

impl Series {
    fn new() -> Self {
        let bounds = Arc::new(Bounds::new(&[10.0, 100.0]).unwrap());
        Self {
            counter: CounterCell::new(Options::default()).unwrap(),
            float: FloatCell::new(Options::default()).unwrap(),
            up_down: UpDownCells::new(Options::default()).unwrap(),
            histogram: HistogramCells::new(bounds, Options::default()).unwrap(),
        }
    }

    fn record(&self, record: Record) {
        match record {
            Record::Count(n) => self.counter.inc_by(u64::from(n)),
            Record::Amount(n) => self.float.add(f64::from(n)),
            Record::Change(n) => self.up_down.add(i64::from(n)),
            Record::Observe(n) => self.histogram.observe(f64::from(n), 1),
        }
    }

    fn totals(&self) -> Totals {
        let histogram = self.histogram.sums();
        Totals {
            counter: self.counter.value(),
            float: self.float.value(),
            up_down: self.up_down.value(),
            sum: histogram.sum,
            buckets: histogram.buckets,
        }
    }
}

impl Totals {
    fn expect(&mut self, record: Record) {
        self.buckets.resize(3, 0);
        match record {
            Record::Count(n) => self.counter += u64::from(n),
            Record::Amount(n) => self.float += f64::from(n),
            Record::Change(n) => self.up_down += i64::from(n),
            Record::Observe(n) => {
                self.sum += f64::from(n);
                self.buckets[usize::from(n > 10) + usize::from(n > 100)] += 1;
            }
        }
    }
}

struct Farewell(Series, Record);

impl Drop for Farewell {
    fn drop(&mut self) {
        self.0.record(self.1);
    }
}

thread_local! {
    static FAREWELL: RefCell<Option<Farewell>> = const { RefCell::new(None) };
}

fn record() -> impl Strategy<Value = Record> {
    prop_oneof![
        any::<u32>().prop_map(Record::Count),
        any::<u32>().prop_map(Record::Amount),
        any::<i32>().prop_map(Record::Change),
        any::<u8>().prop_map(Record::Observe),
    ]
}

fn life() -> impl Strategy<Value = Life> {
    let farewell = prop::option::of(record());
    (vec(record(), 0..40), 0..4_usize, farewell).prop_map(|(records, waves, farewell)| Life {
        records,
        waves,
        farewell,
    })
}

fn waves() -> impl Strategy<Value = Vec<Vec<Life>>> {
    if cfg!(miri) {
        vec(vec(life(), 0..3), 1..4)
    } else {
        vec(vec(life(), 0..6), 1..10)
    }
}

/// A thread that has done its records, and lives until it is told to end.
struct Alive {
    thread: JoinHandle<()>,
    stay: mpsc::Sender<()>,
}

impl Alive {
    fn start(series: &Series, life: Life) -> Self {
        let series = series.clone();
        let (stay, told) = mpsc::channel();
        let thread = thread::spawn(move || {
            if let Some(record) = life.farewell {
                FAREWELL.set(Some(Farewell(series.clone(), record)));
            }
            for record in life.records {
                series.record(record);
            }
            // Returns when the other end is dropped.
            let _ = told.recv();
        });
        Self { thread, stay }
    }

    fn end(self) {
        drop(self.stay);
        self.thread.join().unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(miri) { 2 } else { 200 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn sums_equal_records_whatever_the_schedule(waves in waves()) {
        let series = Series::new();
        let mut expected = Totals::default();
        expected.buckets.resize(3, 0);
        let mut alive: Vec<(usize, Alive)> = Vec::new();
        for (now, wave) in waves.into_iter().enumerate() {
            for life in wave {
                for record in life.records.iter().chain(&life.farewell) {
                    expected.expect(*record);
                }
                alive.push((now + life.waves, Alive::start(&series, life)));
            }
            for (_, thread) in alive.extract_if(.., |(last, _)| *last <= now) {
                thread.end();
            }
        }
        for (_, thread) in alive {
            thread.end();
        }
        prop_assert_eq!(series.totals(), expected);
    }
}

/// A read that fails where it comes out less than the one before.
fn grows<T: PartialOrd + Copy + Default + Debug>(read: impl Fn() -> T) -> impl FnMut() {
    let mut last = T::default();
    move || {
        let value = read();
        assert!(value >= last, "{value:?} after {last:?}");
        last = value;
    }
}

#[test]
fn a_thousand_million_increments_of_short_lived_threads_are_all_counted() {
    let threads: u64 = if cfg!(miri) { 4 } else { 400 };
    let increments: u64 = if cfg!(miri) { 50 } else { 2_500_000 };
    let counter = CounterCell::new(Options::default()).unwrap();
    let one_after_another = || {
        for _ in 0..threads / 2 {
            let counter = counter.clone();
            let thread = thread::spawn(move || {
                for _ in 0..increments {
                    // Keeps the increments apart, as other work would.
                    black_box(&counter).inc_by(1);
                }
            });
            thread.join().unwrap();
        }
    };
    meanwhile([&mut grows(|| counter.value())], || {
        thread::scope(|scope| {
            scope.spawn(one_after_another);
            scope.spawn(one_after_another);
        });
    });
    assert_eq!(counter.value(), threads * increments);
}

#[test]
fn reads_of_a_counter_never_go_backwards_while_threads_come_and_go() {
    let rounds = if cfg!(miri) { 3 } else { 300 };
    let counter = CounterCell::new(Options::default()).unwrap();
    let float = FloatCell::new(Options::default()).unwrap();
    let record = || {
        for _ in 0..100 {
            counter.inc_by(1);
            float.add(0.5);
        }
    };
    let (mut counter_grows, mut float_grows) = (grows(|| counter.value()), grows(|| float.value()));
    meanwhile([&mut counter_grows, &mut float_grows], || {
        for _ in 0..rounds {
            thread::scope(|scope| {
                for _ in 0..3 {
                    scope.spawn(record);
                }
            });
        }
    });
    assert_eq!(counter.value(), rounds * 300);
    assert!((float.value() - rounds as f64 * 150.0).abs() < f64::EPSILON);
}
