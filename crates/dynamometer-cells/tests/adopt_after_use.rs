//! The first use makes this copy the owner for good.
//!
//! One test in its own file: a process has one owner.
#![cfg(not(loom))]
#![allow(unsafe_code, reason = "adopts a table")]

use dynamometer_cells::{AdoptError, CounterCell, Options, adopt, is_native, native_table, stats};

#[test]
fn an_owner_is_refused_after_the_first_use() {
    let counter = CounterCell::new(Options::default()).unwrap();
    counter.inc_by(1);

    // SAFETY: this copy's own table keeps its contract.
    let refused = unsafe { adopt(native_table()) };

    assert_eq!(refused, Err(AdoptError::Owned));
    assert!(is_native());
    assert!(stats().is_owner);
    counter.inc_by(1);
    assert_eq!(counter.value(), 2);
}
