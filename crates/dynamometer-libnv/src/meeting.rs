//! Where the copies of a process meet.
#![allow(unsafe_code, reason = "calls libnv")]

use std::ptr;
use std::sync::{Once, OnceLock};

use dynamometer_cells::{OwnerTable, is_native, native_table, set_meeting};

use crate::abi::{Api, Cells};

unsafe extern "C" {
    /// Publishes libnv's table with `mine` for its cells, unless another is in force;
    /// returns that in force, null where it is of another version.
    fn libnv_meet(mine: *const Cells) -> *const Api;
}

/// Has the engine of this program use the cells of its process.
///
/// To be called before anything else is done with `dynamometer-cells`: who uses the
/// engine first owns its cells for good. Where nobody met in this process before,
/// Rust's are published for all of it. Calls after the first do nothing.
///
/// # Cost
///
/// An atomic load, but for the first call.
pub fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Refused where the cells have an owner: they never change hands.
        // SAFETY: what libnv publishes is an owner's table by its contract.
        let _ = unsafe { set_meeting(meet) };
        // Asking decides it.
        is_native();
    });
}

/// The table of this process, with Rust's cells where nobody met before.
///
/// `None` where a copy of another version owns the process.
pub fn api() -> Option<&'static Api> {
    static TABLE: OnceLock<Option<&'static Api>> = OnceLock::new();
    prepare();
    // SAFETY: the table lives as long as the process and keeps its contract.
    *TABLE.get_or_init(|| unsafe { libnv_meet(native_table()).as_ref() })
}

fn meet(mine: &'static OwnerTable) -> Option<&'static OwnerTable> {
    // SAFETY: as in `api`.
    let api = unsafe { libnv_meet(ptr::from_ref(mine)).as_ref() }?;
    // SAFETY: the cells of a table in force never change and are never freed.
    unsafe { api.cells.as_ref() }
}
