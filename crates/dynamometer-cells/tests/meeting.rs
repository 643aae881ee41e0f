//! The first use of this copy asks where the others of the process are.
//!
//! One test in its own file: a process has one owner.
#![cfg(not(loom))]
#![allow(unsafe_code, reason = "answers for another copy")]

use std::sync::atomic::{AtomicU64, Ordering};

use dynamometer_cells::{
    AdoptError, CounterCell, HistogramCells, OWNER_ABI, Options, OwnerTable, is_native,
    native_table, set_meeting,
};

static MEETINGS: AtomicU64 = AtomicU64::new(0);

/// The table of another copy, played by this one's engine.
fn other() -> OwnerTable {
    let native = native_table();
    OwnerTable {
        struct_size: size_of::<OwnerTable>(),
        abi: OWNER_ABI,
        lease: native.lease,
        lease_to_lock: native.lease_to_lock,
        return_from_lock: native.return_from_lock,
        allocate: native.allocate,
        free: native.free,
        sum: native.sum,
        shared_base: native.shared_base,
        stats: native.stats,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the type of a meeting")]
fn meet(mine: &'static OwnerTable) -> Option<&'static OwnerTable> {
    static OTHER: std::sync::OnceLock<OwnerTable> = std::sync::OnceLock::new();
    assert!(std::ptr::eq(mine, native_table()));
    MEETINGS.fetch_add(1, Ordering::Relaxed);
    Some(OTHER.get_or_init(other))
}

#[test]
fn the_first_series_meets_the_other_copies_and_a_no_op_handle_does_not() {
    // SAFETY: the table's functions are those of this copy's engine.
    assert_eq!(unsafe { set_meeting(meet) }, Ok(()));
    // SAFETY: as above.
    let again = unsafe { set_meeting(meet) };
    assert_eq!(again, Err(AdoptError::Owned), "one place to meet at");

    CounterCell::NOOP.inc_by(1);
    CounterCell::NOOP.shared().inc_by(1);
    HistogramCells::noop().observe(1.0, 1);
    assert_eq!(MEETINGS.load(Ordering::Relaxed), 0);

    let counter = CounterCell::new(Options::default()).unwrap();
    assert_eq!(MEETINGS.load(Ordering::Relaxed), 1);
    assert!(!is_native(), "the other's table is in force");
    counter.inc_by(2);
    assert_eq!(counter.value(), 2);
    assert_eq!(MEETINGS.load(Ordering::Relaxed), 1, "they meet once");

    // SAFETY: as above.
    let late = unsafe { set_meeting(meet) };
    assert_eq!(late, Err(AdoptError::Owned), "the cells have an owner");
}
