//! A process of little address space gets smaller slabs, or none.
//!
//! One test in its own file: each child is forked before the first use.
// Miri has neither fork nor limits.
#![cfg(not(any(loom, miri)))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(unsafe_code, reason = "asks the owner's table how large the slabs are")]

mod child;
mod limit;

use std::sync::{Arc, Barrier};
use std::thread;

use dynamometer_cells::{
    Bounds, CounterCell, FloatCell, Full, GaugeCell, HistogramCells, LockLease, Options,
    UpDownCells, native_table, stats,
};

use crate::child::in_child;
use crate::limit::{AddressSpace, MIB};

/// Bytes of a slab, by the offset at which the shared cells begin.
fn slab_bytes() -> u64 {
    // SAFETY: any thread may allocate.
    let answer = unsafe { (native_table().allocate)(1, 1) };
    answer.cast_unsigned() & u64::from(u32::MAX)
}

/// Records every kind on a few threads at once, and expects the sums.
fn count_exactly(threads: u64) {
    let bounds = Arc::new(Bounds::new(&[1.0]).unwrap());
    let counter = CounterCell::new(Options::default()).unwrap();
    let float = FloatCell::new(Options::default()).unwrap();
    let up_down = UpDownCells::new(Options::default()).unwrap();
    let gauge = GaugeCell::new(Options::default()).unwrap();
    let histogram = HistogramCells::new(bounds, Options::default()).unwrap();
    let barrier = Barrier::new(threads as usize);
    thread::scope(|scope| {
        for _ in 0..threads {
            let work = || {
                barrier.wait();
                for _ in 0..1000 {
                    counter.inc_by(1);
                    float.add(0.5);
                    up_down.add(-1);
                    gauge.add(1.0);
                    histogram.observe(2.0, 1);
                }
                barrier.wait();
            };
            // Stacks count for the limit too.
            let thread = thread::Builder::new().stack_size(64 << 10);
            thread.spawn_scoped(scope, work).unwrap();
        }
    });
    let records = threads * 1000;
    assert_eq!(counter.value(), records);
    assert!((float.value() - records as f64 / 2.0).abs() < f64::EPSILON);
    assert_eq!(up_down.value(), -records.cast_signed());
    assert!((gauge.value() - records as f64).abs() < f64::EPSILON);
    assert_eq!(histogram.sums().buckets, [0, records]);
}

#[test]
fn a_process_of_little_address_space_gets_smaller_slabs_or_none() {
    let cases = [(4096, 64 * MIB), (300, 4 * MIB), (16, MIB / 4)];
    for (room, bytes) in cases {
        in_child(|| {
            let _limit = AddressSpace::limit(room * MIB);
            assert_eq!(slab_bytes(), bytes, "with {room} MiB of address space");
            count_exactly(4);
            assert_eq!((stats().slabs, stats().fallback_records), (4, 0));
        });
    }
    in_child(|| {
        let _limit = AddressSpace::limit(MIB);
        assert!(matches!(CounterCell::new(Options::default()), Err(Full)));
        assert!(matches!(GaugeCell::new(Options::default()), Err(Full)));
        assert!(LockLease::take().is_none());
        // There is nowhere to record to; nothing fails, and nothing is counted.
        CounterCell::NOOP.inc_by(1);
        CounterCell::NOOP.shared().inc_by(1);
        HistogramCells::noop().observe(1.0, 1);
        assert_eq!(CounterCell::NOOP.value(), 0);
        assert_eq!((stats().slabs, stats().leased), (0, 0));
    });
}
