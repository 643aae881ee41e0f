//! Where the copies of a process meet.
#![allow(
    unsafe_code,
    reason = "calls libnv, and is called before the program begins"
)]

use std::ptr;

use dynamometer_cells::{OwnerTable, native_table, set_meeting};

use crate::abi::{Api, Cells};

unsafe extern "C" {
    /// Publishes this copy's table with `mine` for its cells, unless another is in
    /// force; returns that in force, null where it is of another version.
    fn libnv_meet(mine: *const Cells) -> *const Api;
}

/// The table of this process, with Rust's cells where nobody met before.
///
/// `None` where a copy of another version owns the process.
pub fn api() -> Option<&'static Api> {
    // SAFETY: the table lives as long as the process and keeps its contract.
    unsafe { libnv_meet(native_table()).as_ref() }
}

fn meet(mine: &'static OwnerTable) -> Option<&'static OwnerTable> {
    // SAFETY: as in `api`.
    let api = unsafe { libnv_meet(ptr::from_ref(mine)).as_ref() }?;
    // SAFETY: the cells of a table in force never change and are never freed.
    unsafe { api.cells.as_ref() }
}

/// Runs as the program, or the library that holds this crate, is loaded.
///
/// The first record of a process may be made through any handle, or in a static of
/// somebody else: no call that a program makes is sure to come before it. Nothing
/// happens here but that a pointer is set.
#[used]
#[unsafe(link_section = ".init_array")]
static MEET_BEFORE_USE: extern "C" fn() = meet_before_use;

extern "C" fn meet_before_use() {
    // Refused where the cells have an owner: they never change hands.
    // SAFETY: what libnv publishes is an owner's table by its contract.
    let _ = unsafe { set_meeting(meet) };
}
