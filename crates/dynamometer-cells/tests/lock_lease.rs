//! A slab that whoever holds a lock writes.
#![cfg(not(loom))]
#![allow(unsafe_code, reason = "vouches that the lock is held")]

use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use dynamometer_cells::{
    Bounds, CounterCell, ExponentialBuckets, FloatCell, HistogramCells, LockLease, Options,
    Storage, UpDownCells, stats,
};

const THREADS: usize = 4;
const RECORDS: usize = if cfg!(miri) { 20 } else { 50_000 };

/// Keeps tests that count slabs apart from those that lease them.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn shared_storage() -> Options {
    Options {
        storage: Storage::Shared,
        ..Options::default()
    }
}

#[test]
fn several_threads_record_through_one_lease_and_nothing_is_lost() {
    let _alone = alone();
    let bounds = Arc::new(Bounds::new(&[1.0]).unwrap());
    let counter = CounterCell::new(Options::default()).unwrap();
    let float = FloatCell::new(Options::default()).unwrap();
    let up_down = UpDownCells::new(Options::default()).unwrap();
    let histogram = HistogramCells::new(bounds, Options::default()).unwrap();
    let lease = Mutex::new(LockLease::take().unwrap());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for at in 0..RECORDS {
                    let held = lease.lock().unwrap();
                    // SAFETY: the guard is the lock's holder.
                    unsafe { held.inc_by(&counter, 2) };
                    // SAFETY: as above.
                    unsafe { held.add_float(&float, 0.5) };
                    // SAFETY: as above.
                    unsafe { held.add(&up_down, if at % 2 == 0 { 3 } else { -1 }) };
                    // SAFETY: as above.
                    unsafe { held.observe(&histogram, if at % 2 == 0 { 1.0 } else { 2.0 }, 1) };
                    drop(held);
                    // The thread's own slab takes part too.
                    counter.inc_by(1);
                }
            });
        }
    });
    let records = (THREADS * RECORDS) as u64;
    assert_eq!(counter.value(), 3 * records);
    assert!((float.value() - records as f64 / 2.0).abs() < f64::EPSILON);
    assert_eq!(up_down.value(), records.cast_signed());
    let sums = histogram.sums();
    assert_eq!(sums.buckets, [records / 2, records / 2]);
    assert!((sums.sum - records as f64 * 1.5).abs() < f64::EPSILON);
}

#[test]
fn a_lease_that_is_dropped_hands_its_slab_on_with_what_was_counted() {
    let _alone = alone();
    let counter = CounterCell::new(Options::default()).unwrap();
    drop(LockLease::take().unwrap());
    let before = stats();
    for _ in 0..100 {
        let lease = LockLease::take().unwrap();
        assert_eq!(stats().leased, before.leased + 1);
        // SAFETY: no other thread knows the lease.
        unsafe { lease.inc_by(&counter, 1) };
    }
    assert_eq!(counter.value(), 100);
    assert_eq!(stats().slabs, before.slabs);
    assert_eq!(stats().leased, before.leased);

    let heir = counter.clone();
    thread::spawn(move || heir.inc_by(1)).join().unwrap();
    assert_eq!(counter.value(), 101);
    assert_eq!(stats().slabs, before.slabs, "a thread leases it next");
}

#[test]
fn observations_counted_elsewhere_are_added_together() {
    let _alone = alone();
    let lease = LockLease::take().unwrap();
    for options in [Options::default(), shared_storage()] {
        let bounds = Arc::new(Bounds::new(&[1.0]).unwrap());
        let histogram = HistogramCells::new(bounds, options).unwrap();
        // SAFETY: no other thread knows the lease, here and below.
        unsafe { lease.observe(&histogram, 0.5, 1) };
        // SAFETY: as above.
        unsafe { lease.observe_all(&histogram, &[2, 3, 99], 10.0) };
        let sums = histogram.sums();
        assert_eq!(sums.buckets, [3, 3]);
        assert!((sums.sum - 10.5).abs() < f64::EPSILON);
    }
}

#[test]
fn an_exponential_histogram_goes_through_a_lease_too() {
    let _alone = alone();
    let lease = LockLease::take().unwrap();
    let buckets = Arc::new(ExponentialBuckets::default());
    let histogram = HistogramCells::new(buckets, Options::default()).unwrap();
    // SAFETY: no other thread knows the lease.
    unsafe { lease.observe(&histogram, 2.0, 3) };
    let sums = histogram.sums();
    assert_eq!(sums.buckets.iter().sum::<u64>(), 3);
    assert!((sums.sum - 6.0).abs() < f64::EPSILON);
}

#[test]
fn two_leases_are_two_slabs() {
    let _alone = alone();
    let leased = stats().leased;
    let leases = [LockLease::take().unwrap(), LockLease::take().unwrap()];
    assert_eq!(stats().leased, leased + 2);
    let counter = CounterCell::new(Options::default()).unwrap();
    thread::scope(|scope| {
        for lease in &leases {
            scope.spawn(|| {
                for _ in 0..RECORDS {
                    // SAFETY: each thread has a lease of its own.
                    unsafe { lease.inc_by(&counter, 1) };
                }
            });
        }
    });
    assert_eq!(counter.value(), 2 * RECORDS as u64);
}

#[test]
fn series_in_shared_storage_and_no_op_handles_go_through_a_lease_too() {
    let _alone = alone();
    let lease = LockLease::take().unwrap();
    let bounds = Arc::new(Bounds::new(&[1.0]).unwrap());
    let counter = CounterCell::new(shared_storage()).unwrap();
    let float = FloatCell::new(shared_storage()).unwrap();
    let up_down = UpDownCells::new(shared_storage()).unwrap();
    let histogram = HistogramCells::new(bounds, shared_storage()).unwrap();
    let noop = HistogramCells::noop();
    for _ in 0..10 {
        // SAFETY: no other thread knows the lease, here and below.
        unsafe { lease.inc_by(&counter, 1) };
        // SAFETY: as above.
        unsafe { lease.add_float(&float, 0.5) };
        // SAFETY: as above.
        unsafe { lease.add(&up_down, -1) };
        // SAFETY: as above.
        unsafe { lease.observe(&histogram, 2.0, 2) };
        // SAFETY: as above.
        unsafe { lease.inc_by(&CounterCell::NOOP, 1) };
        // SAFETY: as above.
        unsafe { lease.add(&UpDownCells::NOOP, -1) };
        // SAFETY: as above.
        unsafe { lease.add_float(&FloatCell::NOOP, 1.0) };
        // SAFETY: as above.
        unsafe { lease.observe(&noop, 1.0, 1) };
    }
    assert_eq!(counter.value(), 10);
    assert!((float.value() - 5.0).abs() < f64::EPSILON);
    assert_eq!(up_down.value(), -10);
    assert_eq!(histogram.sums().buckets, [0, 20]);
    assert_eq!(CounterCell::NOOP.value(), 0);
    assert_eq!(UpDownCells::NOOP.value(), 0);
    assert_eq!(noop.sums().buckets, [0]);
}
