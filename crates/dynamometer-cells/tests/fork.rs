//! The child of a fork counts from zero, and nothing is left locked in it.
// Miri has no fork.
#![cfg(not(any(loom, miri)))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(unsafe_code, reason = "records through a lock's lease")]

mod alive;
mod child;
mod meanwhile;

use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use dynamometer_cells::{
    Bounds, CounterCell, FloatCell, ForkLock, GaugeCell, HistogramCells, LockLease, Options,
    Storage, UpDownCells, stats,
};

use crate::alive::while_alive;
use crate::child::in_child;
use crate::meanwhile::meanwhile;

/// Forks among busy threads: enough that some come while a lock is held.
const FORKS: usize = 200;

/// Keeps tests that count slabs apart from those that lease them.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

struct Series {
    counter: CounterCell,
    stored_shared: CounterCell,
    float: FloatCell,
    up_down: UpDownCells,
    histogram: HistogramCells,
    gauge: GaugeCell,
}

impl Series {
    fn new() -> Self {
        let bounds = Arc::new(Bounds::new(&[1.0]).unwrap());
        let shared = Options {
            storage: Storage::Shared,
            ..Options::default()
        };
        Self {
            counter: CounterCell::new(Options::default()).unwrap(),
            stored_shared: CounterCell::new(shared).unwrap(),
            float: FloatCell::new(Options::default()).unwrap(),
            up_down: UpDownCells::new(Options::default()).unwrap(),
            histogram: HistogramCells::new(bounds, Options::default()).unwrap(),
            gauge: GaugeCell::new(Options::default()).unwrap(),
        }
    }

    fn record(&self) {
        self.counter.inc_by(1);
        self.counter.shared().inc_by(1);
        self.stored_shared.inc_by(1);
        self.float.add(0.5);
        self.up_down.add(1);
        self.up_down.add(-2);
        self.histogram.observe(2.0, 1);
    }

    /// Expects what `n` calls of `record` add up to, whoever made them.
    #[track_caller]
    fn assert_records(&self, n: u64) {
        assert_eq!(self.counter.value(), 2 * n);
        assert_eq!(self.stored_shared.value(), n);
        assert_eq!(self.float.value().to_bits(), (n as f64 / 2.0).to_bits());
        assert_eq!(self.up_down.value(), -n.cast_signed());
        let sums = self.histogram.sums();
        assert_eq!(sums.buckets, [0, n]);
        assert_eq!(sums.sum.to_bits(), (2.0 * n as f64).to_bits());
    }
}

/// Runs `body` while `threads` threads live that have recorded once.
fn with_recorders(series: &Series, threads: usize, body: impl FnOnce()) {
    while_alive(threads, || series.record(), || (), body);
}

#[test]
fn a_child_counts_from_zero_on_its_thread_and_on_new_ones() {
    let _alone = alone();
    let series = Series::new();
    series.record();
    with_recorders(&series, 3, || {
        series.assert_records(4);
        in_child(|| {
            series.assert_records(0);
            series.record();
            series.assert_records(1);
            with_recorders(&series, 5, || series.assert_records(6));
            series.record();
            series.assert_records(7);
        });
        series.assert_records(4);
    });
    series.record();
    series.assert_records(5);
}

#[test]
fn a_child_of_a_thread_without_a_slab_counts_from_zero() {
    let _alone = alone();
    let series = Series::new();
    with_recorders(&series, 2, || {
        // A thread that has not recorded yet.
        thread::scope(|scope| {
            scope.spawn(|| {
                in_child(|| {
                    series.assert_records(0);
                    series.record();
                    series.assert_records(1);
                });
            });
        });
        series.assert_records(2);
    });
}

#[test]
fn gauges_keep_their_value_in_a_child_and_go_their_own_way() {
    let _alone = alone();
    let series = Series::new();
    series.gauge.set(4.0);
    in_child(|| {
        assert_eq!(series.gauge.value().to_bits(), 4.0_f64.to_bits());
        series.gauge.add(1.0);
        assert_eq!(series.gauge.value().to_bits(), 5.0_f64.to_bits());
    });
    assert_eq!(series.gauge.value().to_bits(), 4.0_f64.to_bits());
}

#[test]
fn a_child_leases_the_slabs_of_vanished_threads() {
    let _alone = alone();
    let series = Series::new();
    series.record();
    with_recorders(&series, 4, || {
        let before = stats();
        assert!(before.leased >= 5);
        in_child(|| {
            assert_eq!(
                stats().leased,
                1,
                "this thread has its slab, no other lives"
            );
            series.record();
            with_recorders(&series, 4, || {
                assert_eq!((stats().slabs, stats().leased), (before.slabs, 5));
            });
            assert_eq!((stats().slabs, stats().leased), (before.slabs, 1));
            series.assert_records(5);
        });
        assert_eq!(stats(), before);
    });
}

#[test]
fn a_lease_held_by_a_lock_stays_in_a_child() {
    let _alone = alone();
    let series = Series::new();
    let lease = LockLease::take().unwrap();
    // SAFETY: no other thread knows the lease, here and below.
    unsafe { lease.inc_by(&series.counter, 5) };
    assert_eq!(series.counter.value(), 5);
    in_child(|| {
        assert_eq!(series.counter.value(), 0);
        // No thread that comes now may get the slab.
        with_recorders(&series, 3, || {
            // SAFETY: as above.
            unsafe { lease.inc_by(&series.counter, 7) };
            assert_eq!(series.counter.value(), 7 + 6);
        });
        let leased = stats().leased;
        drop(lease);
        assert_eq!(stats().leased, leased - 1);
    });
    assert_eq!(series.counter.value(), 5);
}

#[test]
fn a_grandchild_counts_from_zero_again() {
    let _alone = alone();
    let series = Series::new();
    series.record();
    in_child(|| {
        series.record();
        in_child(|| {
            series.assert_records(0);
            series.record();
            series.assert_records(1);
        });
        series.assert_records(1);
    });
    series.assert_records(1);
}

#[test]
fn a_series_created_in_a_child_starts_at_zero() {
    let _alone = alone();
    let old = Series::new();
    old.record();
    in_child(|| {
        drop(old);
        let new = Series::new();
        new.assert_records(0);
        new.record();
        new.assert_records(1);
    });
}

#[test]
fn forks_among_busy_threads_leave_nothing_locked() {
    static REGISTRY: ForkLock<(u64, u64)> = ForkLock::new((0, 0));

    fn enter() {
        let mut registry = REGISTRY.lock();
        registry.0 += 1;
        thread::yield_now();
        registry.1 += 1;
    }

    let _alone = alone();
    let series = Series::new();
    let mut enter_again = enter;
    // Ranges so long that the lock of the offsets is held most of the time.
    let bounds: Vec<f64> = (0..4096).map(f64::from).collect();
    let bounds = Arc::new(Bounds::new(&bounds).unwrap());
    let mut create_and_drop = || {
        let histogram = HistogramCells::new(Arc::clone(&bounds), Options::default());
        assert!(histogram.is_ok());
    };
    let mut read = || assert!(series.up_down.value() <= 0);
    let mut lease_and_give_back = || {
        let counter = series.counter.clone();
        thread::spawn(move || counter.inc_by(1)).join().unwrap();
    };
    meanwhile(
        [
            &mut enter_again,
            &mut create_and_drop,
            &mut read,
            &mut lease_and_give_back,
        ],
        || {
            for _ in 0..FORKS {
                in_child(|| {
                    assert_eq!(series.counter.value(), 0);
                    let new = Series::new();
                    with_recorders(&new, 2, || new.assert_records(2));
                    let registry = REGISTRY.lock();
                    assert_eq!(registry.0, registry.1, "the data under the lock is whole");
                    drop(registry);
                    enter();
                });
            }
        },
    );
}
