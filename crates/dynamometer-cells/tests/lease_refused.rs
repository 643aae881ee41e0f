//! A thread that can get no slab records by atomic adds, and loses nothing.
//!
//! One test in its own file: it limits the process and counts its fallbacks.
// Miri has no limits.
#![cfg(not(any(loom, miri)))]

mod limit;

use std::sync::{Arc, Barrier};
use std::thread;

use dynamometer_cells::{
    Bounds, CounterCell, FloatCell, HistogramCells, LockLease, Options, UpDownCells, stats,
};

use crate::limit::{AddressSpace, MIB};

#[test]
fn threads_that_get_no_slab_count_exactly_in_the_shared_one() {
    let (threads, records) = (4_u64, 10_000_u64);
    let bounds = Arc::new(Bounds::new(&[1.0]).unwrap());
    let counter = CounterCell::new(Options::default()).unwrap();
    let float = FloatCell::new(Options::default()).unwrap();
    let up_down = UpDownCells::new(Options::default()).unwrap();
    let histogram = HistogramCells::new(bounds, Options::default()).unwrap();
    let record = || {
        for _ in 0..records {
            counter.inc_by(1);
            float.add(0.5);
            up_down.add(-1);
            histogram.observe(2.0, 1);
        }
    };
    record();
    assert_eq!((stats().slabs, stats().fallback_records), (1, 0));

    // Enough for stacks, too little for a slab of 64 MiB.
    let limit = AddressSpace::limit(32 * MIB);
    let barrier = Barrier::new(threads as usize + 1);
    thread::scope(|scope| {
        for _ in 0..threads {
            let work = || {
                record();
                barrier.wait();
                barrier.wait();
                // The limit is gone: this record leases a slab after all.
                counter.inc_by(1);
            };
            let thread = thread::Builder::new().stack_size(256 << 10);
            thread.spawn_scoped(scope, work).unwrap();
        }
        // A thread that has a slab goes on as before.
        record();
        assert!(LockLease::take().is_none());
        barrier.wait();
        assert_eq!(stats().slabs, 1);
        assert_eq!(stats().fallback_records, threads * records * 4);
        drop(limit);
        barrier.wait();
    });
    assert_eq!(stats().fallback_records, threads * records * 4);
    assert!(stats().slabs > 1);

    let total = (threads + 2) * records;
    assert_eq!(counter.value(), total + threads);
    assert!((float.value() - total as f64 / 2.0).abs() < f64::EPSILON);
    assert_eq!(up_down.value(), -total.cast_signed());
    let sums = histogram.sums();
    assert_eq!(sums.buckets, [0, total]);
    assert!((sums.sum - 2.0 * total as f64).abs() < f64::EPSILON);
}
