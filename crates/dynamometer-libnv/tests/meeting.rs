//! A Rust program meets its process before its first record.
#![allow(unsafe_code, reason = "reads the table in force")]

use std::ptr;

use dynamometer_cells::{CounterCell, Options, is_native, native_table};
use dynamometer_libnv::abi::ABI;

#[test]
fn who_comes_first_publishes_its_cells_for_the_process() {
    dynamometer_libnv::prepare();
    let counter = CounterCell::new(Options::default()).expect("there is room for a series");
    counter.inc_by(1);
    let api = dynamometer_libnv::api().expect("nobody else is in this process");
    assert_eq!(api.abi, ABI);
    assert!(
        ptr::eq(api.cells, native_table()),
        "published before the first series"
    );
    assert!(is_native());
    let again = dynamometer_libnv::api().expect("as before");
    assert!(ptr::eq(api, again));
    assert_eq!(counter.value(), 1);
}
