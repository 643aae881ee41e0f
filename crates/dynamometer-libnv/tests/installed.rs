//! With an installed libnv, the table of the process is that library's.
#![cfg(not(feature = "bundled"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use dynamometer_cells::is_native;

#[test]
fn the_table_is_of_the_library_and_the_cells_are_of_rust() {
    let doctor = dynamometer_libnv::doctor().unwrap();
    let [copy] = doctor.copies.as_slice() else {
        panic!("{doctor}");
    };
    assert!(copy.is_owner, "{doctor}");
    let file = Path::new(&copy.path).file_name().unwrap();
    assert_eq!(file, "libnv.so.1", "{doctor}");
    assert!(is_native());
}
