//! A table of another version of the interface is refused.
//!
//! One test in its own file: a process has one owner.
#![cfg(not(loom))]
#![allow(unsafe_code, reason = "adopts tables")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Mutex;

use dynamometer_cells::{
    AdoptError, CounterCell, OWNER_ABI, Options, OwnerTable, adopt, is_native, native_table,
};

fn table(abi: u32, struct_size: usize) -> &'static OwnerTable {
    /// Holds the tables, which Miri would call leaked where nothing refers to them.
    static MADE: Mutex<Vec<&'static OwnerTable>> = Mutex::new(Vec::new());

    let native = native_table();
    let table = Box::leak(Box::new(OwnerTable {
        struct_size,
        abi,
        lease: native.lease,
        lease_to_lock: native.lease_to_lock,
        return_from_lock: native.return_from_lock,
        allocate: native.allocate,
        free: native.free,
        sum: native.sum,
        shared_base: native.shared_base,
        stats: native.stats,
    }));
    MADE.lock().unwrap().push(table);
    table
}

#[test]
fn a_table_of_another_version_is_refused_and_one_of_this_version_still_welcome() {
    let size = size_of::<OwnerTable>();
    for (abi, size) in [
        (OWNER_ABI + 1, size),
        (OWNER_ABI - 1, size),
        (OWNER_ABI, size - 8),
    ] {
        // SAFETY: the functions are this copy's own.
        let refused = unsafe { adopt(table(abi, size)) };
        assert_eq!(refused, Err(AdoptError::Abi { found: abi }));
    }

    // A later version grows at its end and keeps what this one knows.
    // SAFETY: the functions are this copy's own; only the size says otherwise.
    let adopted = unsafe { adopt(table(OWNER_ABI, size + 8)) };
    assert_eq!(adopted, Ok(()));
    assert!(!is_native());
    let counter = CounterCell::new(Options::default()).unwrap();
    counter.inc_by(2);
    assert_eq!(counter.value(), 2);
}
