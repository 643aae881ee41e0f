//! An owner adopted before the first use serves every call of this copy.
//!
//! One test in its own file: a process has one owner.
#![cfg(not(loom))]
#![allow(unsafe_code, reason = "writes an owner's table")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use dynamometer_cells::{
    AdoptError, Bounds, CellStats, CounterCell, FloatCell, GaugeCell, HistogramCells, LockLease,
    OWNER_ABI, Options, OwnerTable, Plan, Segment, UpDownCells, adopt, is_native, native_table,
    stats,
};

/// Calls of each function of the table.
#[derive(Debug)]
struct Calls {
    lease: AtomicU64,
    lease_to_lock: AtomicU64,
    return_from_lock: AtomicU64,
    allocate: AtomicU64,
    free: AtomicU64,
    sum: AtomicU64,
    stats: AtomicU64,
}

static CALLS: Calls = Calls {
    lease: AtomicU64::new(0),
    lease_to_lock: AtomicU64::new(0),
    return_from_lock: AtomicU64::new(0),
    allocate: AtomicU64::new(0),
    free: AtomicU64::new(0),
    sum: AtomicU64::new(0),
    stats: AtomicU64::new(0),
};

/// Another copy's table, played by this copy's own engine.
static OTHER: OwnerTable = OwnerTable {
    struct_size: size_of::<OwnerTable>(),
    abi: OWNER_ABI,
    lease,
    lease_to_lock,
    return_from_lock,
    allocate,
    free,
    sum,
    shared_base,
    stats: other_stats,
};

fn count(calls: &AtomicU64) {
    calls.fetch_add(1, Ordering::Relaxed);
}

unsafe extern "C" fn lease(slot: *mut *mut u8) -> *mut u8 {
    count(&CALLS.lease);
    // SAFETY: handed through.
    unsafe { (native_table().lease)(slot) }
}

unsafe extern "C" fn lease_to_lock() -> *mut u8 {
    count(&CALLS.lease_to_lock);
    // SAFETY: handed through.
    unsafe { (native_table().lease_to_lock)() }
}

unsafe extern "C" fn return_from_lock(base: *mut u8) {
    count(&CALLS.return_from_lock);
    // SAFETY: handed through.
    unsafe { (native_table().return_from_lock)(base) }
}

unsafe extern "C" fn allocate(space: u32, cells: u32) -> i64 {
    count(&CALLS.allocate);
    // SAFETY: handed through.
    unsafe { (native_table().allocate)(space, cells) }
}

unsafe extern "C" fn free(offset: u32, cells: u32) {
    count(&CALLS.free);
    // SAFETY: handed through.
    unsafe { (native_table().free)(offset, cells) }
}

unsafe extern "C" fn sum(segments: *const Segment, count: usize, out: *mut u64, len: usize) {
    CALLS.sum.fetch_add(1, Ordering::Relaxed);
    // SAFETY: handed through.
    unsafe { (native_table().sum)(segments, count, out, len) }
}

unsafe extern "C" fn shared_base() -> *mut u8 {
    // SAFETY: handed through.
    unsafe { (native_table().shared_base)() }
}

unsafe extern "C" fn other_stats(out: *mut CellStats) {
    count(&CALLS.stats);
    // SAFETY: handed through.
    unsafe { (native_table().stats)(out) }
}

fn calls() -> [u64; 6] {
    let Calls {
        lease,
        lease_to_lock,
        return_from_lock,
        allocate,
        free,
        sum,
        stats: _,
    } = &CALLS;
    [lease, lease_to_lock, return_from_lock, allocate, free, sum]
        .map(|calls| calls.load(Ordering::Relaxed))
}

#[test]
fn an_owner_adopted_before_the_first_use_serves_every_call() {
    // SAFETY: the table's functions are those of this copy's engine.
    let adopted = unsafe { adopt(&OTHER) };
    assert_eq!(adopted, Ok(()));
    // SAFETY: as above.
    let adopted = unsafe { adopt(&OTHER) };
    assert_eq!(adopted, Err(AdoptError::Owned), "one adoption only");
    assert!(!is_native());
    assert!(!stats().is_owner);
    assert_eq!(CALLS.stats.load(Ordering::Relaxed), 1, "the owner is asked");
    assert_eq!(
        calls(),
        [0; 6],
        "asking who owns the cells is no use of them"
    );

    let bounds = Arc::new(Bounds::new(&[1.0]).unwrap());
    let counter = CounterCell::new(Options::default()).unwrap();
    let float = FloatCell::new(Options::default()).unwrap();
    let up_down = UpDownCells::new(Options::default()).unwrap();
    let gauge = GaugeCell::new(Options::default()).unwrap();
    let histogram = HistogramCells::new(Arc::clone(&bounds), Options::default()).unwrap();
    assert_eq!(calls(), [0, 0, 0, 5, 0, 0]);

    let noop = HistogramCells::noop();
    CounterCell::NOOP.inc_by(1);
    noop.observe(1.0, 1);
    assert_eq!(
        (CounterCell::NOOP.value(), noop.sums().buckets),
        (0, vec![0])
    );
    drop(noop);
    assert_eq!(calls(), [1, 0, 0, 5, 0, 0], "a no-op handle has no cells");

    thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..10 {
                counter.inc_by(1);
                float.add(0.5);
                up_down.add(-1);
                gauge.set(7.0);
                histogram.observe(2.0, 1);
            }
        });
    });
    assert_eq!(
        calls(),
        [2, 0, 0, 5, 0, 0],
        "one lease for each thread, no call to record"
    );

    assert_eq!(stats().leases, 2, "those of the owner");

    let lease = LockLease::take().unwrap();
    // SAFETY: no other thread knows the lease.
    unsafe { lease.inc_by(&counter, 5) };
    drop(lease);
    assert_eq!(calls(), [2, 1, 1, 5, 0, 0]);

    assert_eq!(counter.value(), 15);
    assert!((float.value() - 5.0).abs() < f64::EPSILON);
    assert_eq!(up_down.value(), -10);
    assert!((gauge.value() - 7.0).abs() < f64::EPSILON);
    assert_eq!(histogram.sums().buckets, [0, 10]);
    let sums = calls()[5];
    assert!(
        sums >= 4,
        "counters, floats, up-down counters and histograms are summed"
    );
    let mut plan = Plan::new();
    let place = plan.counter(counter.series().unwrap());
    assert_eq!(plan.run().counter(place), 15);
    assert!(calls()[5] > sums);

    drop((counter, float, up_down, gauge, histogram));
    assert_eq!(calls()[4], 5);
}
