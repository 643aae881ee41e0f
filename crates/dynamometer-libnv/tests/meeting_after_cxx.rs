//! Where C++ counted first, Rust counts in its cells.
#![allow(unsafe_code, reason = "calls libnv as C++ does")]

use std::ptr;

use dynamometer_cells::{CounterCell, Options, is_native, native_table, stats};
use dynamometer_libnv::abi::{ABI, Api};

unsafe extern "C" {
    fn libnv_get_api(abi: u32) -> *const Api;
}

#[test]
fn a_series_made_after_cxx_came_is_in_the_cells_of_cxx() {
    // SAFETY: null, or a table that lives as long as the process.
    let first = unsafe { libnv_get_api(ABI).as_ref() }.expect("the version is the same");
    dynamometer_libnv::prepare();
    let counter = CounterCell::new(Options::default()).expect("there is room for a series");
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| (0..10).for_each(|_| counter.inc_by(1)));
        }
    });
    assert_eq!(counter.value(), 30);
    assert!(!is_native());
    assert!(!ptr::eq(first.cells, native_table()));
    assert!((1..=3).contains(&stats().slabs), "{:?}", stats());
    let api = dynamometer_libnv::api().expect("as before");
    assert!(ptr::eq(api, first));
}
