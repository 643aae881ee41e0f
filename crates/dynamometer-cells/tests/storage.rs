//! Cells that are changed by atomic adds count as exactly as a thread's own.
#![cfg(not(loom))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use dynamometer_cells::{
    Bounds, CounterCell, FloatCell, HistogramCells, Options, Storage, UpDownCells, stats,
};

const THREADS: u64 = 4;
const RECORDS: u64 = if cfg!(miri) { 20 } else { 50_000 };

/// Keeps the test that counts leases apart from those that take them.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn options(storage: Storage) -> Options {
    Options {
        storage,
        ..Options::default()
    }
}

struct Series {
    counter: CounterCell,
    float: FloatCell,
    up_down: UpDownCells,
    histogram: HistogramCells,
}

impl Series {
    fn new(storage: Storage) -> Self {
        let bounds = Arc::new(Bounds::new(&[1.0]).unwrap());
        Self {
            counter: CounterCell::new(options(storage)).unwrap(),
            float: FloatCell::new(options(storage)).unwrap(),
            up_down: UpDownCells::new(options(storage)).unwrap(),
            histogram: HistogramCells::new(bounds, options(storage)).unwrap(),
        }
    }

    fn shared(&self) -> Self {
        Self {
            counter: self.counter.shared(),
            float: self.float.shared(),
            up_down: self.up_down.shared(),
            histogram: self.histogram.shared(),
        }
    }

    fn record(&self) {
        self.counter.inc_by(3);
        self.float.add(0.25);
        self.up_down.add(2);
        self.up_down.add(-3);
        self.histogram.observe(0.5, 1);
        self.histogram.observe(2.0, 2);
    }

    fn assert_records(&self, n: u64) {
        assert_eq!(self.counter.value(), 3 * n);
        assert!((self.float.value() - 0.25 * n as f64).abs() < f64::EPSILON);
        assert_eq!(self.up_down.value(), -n.cast_signed());
        let sums = self.histogram.sums();
        assert_eq!(sums.buckets, [n, 2 * n]);
        assert!((sums.sum - 4.5 * n as f64).abs() < f64::EPSILON);
    }
}

fn record_on_many_threads(handles: &[&Series]) {
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..RECORDS {
                    for series in handles {
                        series.record();
                    }
                }
            });
        }
    });
}

#[test]
fn series_in_shared_storage_count_exactly() {
    let _alone = alone();
    let series = Series::new(Storage::Shared);
    record_on_many_threads(&[&series]);
    series.assert_records(THREADS * RECORDS);
}

#[test]
fn plain_and_shared_handles_of_one_series_count_exactly_together() {
    let _alone = alone();
    let plain = Series::new(Storage::PerThread);
    let shared = plain.shared();
    record_on_many_threads(&[&plain, &shared]);
    plain.assert_records(2 * THREADS * RECORDS);
    shared.assert_records(2 * THREADS * RECORDS);
}

#[test]
fn shared_handles_lease_no_slab() {
    let _alone = alone();
    let series = [
        Series::new(Storage::Shared),
        Series::new(Storage::Shared).shared(),
        Series::new(Storage::PerThread).shared(),
    ];
    let before = stats();
    record_on_many_threads(&series.each_ref());
    assert_eq!(stats().leases, before.leases);
    assert_eq!(
        stats().fallback_records,
        before.fallback_records,
        "they are no fallbacks"
    );
    for series in &series {
        series.assert_records(THREADS * RECORDS);
    }
}

#[test]
fn a_shared_handle_is_the_same_series() {
    let _alone = alone();
    let plain = Series::new(Storage::PerThread);
    let (shared, other) = (plain.shared(), Series::new(Storage::PerThread));
    assert!(plain.counter.is_same(&shared.counter));
    assert!(plain.float.is_same(&shared.float));
    assert!(plain.up_down.is_same(&shared.up_down));
    assert!(plain.histogram.is_same(&shared.histogram));
    assert!(!plain.counter.is_same(&other.counter));
    assert!(!plain.float.is_same(&other.float));
    assert!(!plain.up_down.is_same(&other.up_down));
    assert!(!plain.histogram.is_same(&other.histogram));
}
