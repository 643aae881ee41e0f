//! A thread that can get no slab records by atomic adds, and loses nothing.
//!
//! One test in its own file: it limits the process and counts its fallbacks.
// Miri has no limits.
#![cfg(not(any(loom, miri)))]

mod alive;
mod limit;

use std::sync::Arc;

use dynamometer_cells::{
    Bounds, CounterCell, FloatCell, HistogramCells, LockLease, Options, UpDownCells, stats,
};

use crate::alive::while_alive;
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
    // Once the limit is gone, a record leases a slab after all.
    let record_one = || counter.inc_by(1);
    while_alive(threads as usize, record, record_one, || {
        // A thread that has a slab goes on as before.
        record();
        assert!(LockLease::take().is_none());
        assert_eq!(stats().slabs, 1);
        assert_eq!(stats().fallback_records, threads * records * 4);
        drop(limit);
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
