//! This copy's own engine behind the owner table.
#![allow(unsafe_code, reason = "turns the table's pointers back into slices")]

use std::ptr;
use std::sync::OnceLock;

use crate::engine::Engine;
use crate::owner::{OWNER_ABI, OwnerTable};
use crate::segment::Segment;
use crate::space::Space;
use crate::{fork, lock_lease, stats, thread};

/// The table of this copy's engine.
pub(crate) static NATIVE: OwnerTable = OwnerTable {
    struct_size: size_of::<OwnerTable>(),
    abi: OWNER_ABI,
    lease: thread::lease_native,
    lease_to_lock: lock_lease::lease_native,
    return_from_lock: lock_lease::return_native,
    allocate,
    free,
    sum,
    shared_base,
    stats: stats::fill,
};

static ENGINE: OnceLock<Option<Engine>> = OnceLock::new();

/// The engine of this copy; `None` where no address space can be reserved.
pub(crate) fn engine() -> Option<&'static Engine> {
    match ENGINE.get() {
        Some(engine) => engine.as_ref(),
        None => first_use(),
    }
}

/// The engine of this copy where it was used before.
#[cfg(not(miri))]
pub(crate) fn engine_in_use() -> Option<&'static Engine> {
    ENGINE.get()?.as_ref()
}

/// Makes everything that is made once, at a time when nobody can fork: a child
/// would wait for ever for a thread that it does not have.
#[cold]
fn first_use() -> Option<&'static Engine> {
    let _no_fork = fork::hold_off();
    let make = || {
        thread::create_exit_key();
        Engine::new()
    };
    ENGINE.get_or_init(make).as_ref()
}

unsafe extern "C" fn allocate(space: u32, cells: u32) -> i64 {
    let taken = || {
        let engine = engine()?;
        let offset = engine.allocate(Space::from_number(space)?, cells)?;
        let space = crate::sync::lock(&engine.spaces).space_of(offset);
        Some(i64::from(space.to_number()) << 32 | i64::from(offset))
    };
    taken().unwrap_or(-1)
}

unsafe extern "C" fn free(offset: u32, cells: u32) {
    if let Some(engine) = engine() {
        engine.free(offset, cells);
    }
}

unsafe extern "C" fn sum(segments: *const Segment, count: usize, out: *mut u64, len: usize) {
    // A caller in another language may pass null for nothing.
    if count == 0 || len == 0 {
        return;
    }
    let Some(engine) = engine() else { return };
    // SAFETY: the caller passes a live slice of segments (contract of the field).
    let segments = unsafe { std::slice::from_raw_parts(segments, count) };
    // SAFETY: likewise a live, exclusive slice of sums.
    let out = unsafe { std::slice::from_raw_parts_mut(out, len) };
    engine.sum(segments, out);
}

unsafe extern "C" fn shared_base() -> *mut u8 {
    engine().map_or(ptr::null_mut(), |engine| engine.shared.base())
}
