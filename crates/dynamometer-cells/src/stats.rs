//! What the engine holds right now.
#![allow(unsafe_code, reason = "asks the owner, and answers other copies")]

use crate::engine::Engine;
use crate::native;
use crate::owner;
use crate::thread;

/// Slabs and leases of the engine that owns the cells, for diagnosis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// This copy owns the cells.
    pub is_owner: bool,
    /// Slabs that exist: the most threads that recorded at one time.
    pub slabs: u64,
    /// Slabs on lease to a thread or a lock.
    pub leased: u64,
    /// Leases given out since the process began.
    pub leases: u64,
    /// Records that found no slab and went to the shared one, in this copy.
    pub fallback_records: u64,
}

/// What the owner of the cells answers to other copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct CellStats {
    /// Bytes of this structure in the copy that asks.
    pub struct_size: usize,
    /// Slabs that exist.
    pub slabs: u64,
    /// Slabs on lease to a thread or a lock.
    pub leased: u64,
    /// Leases given out since the process began.
    pub leases: u64,
    /// Records that found no slab and went to the shared one, in the owner's copy.
    pub fallback_records: u64,
}

/// Counts slabs, leases and fallbacks; a use of the engine, as [`adopt`] means it.
///
/// [`adopt`]: crate::adopt
pub fn stats() -> Stats {
    let mut all = CellStats {
        struct_size: size_of::<CellStats>(),
        ..CellStats::default()
    };
    // SAFETY: a live structure that says its size.
    unsafe { (owner::owner().stats)(&raw mut all) };
    Stats {
        is_owner: owner::is_native(),
        slabs: all.slabs,
        leased: all.leased,
        leases: all.leases,
        fallback_records: thread::fallback_records(),
    }
}

/// `OwnerTable::stats` of this copy.
pub(crate) unsafe extern "C" fn fill(out: *mut CellStats) {
    // SAFETY: the caller passes a live structure, or null (contract of the field).
    let Some(out) = (unsafe { out.as_mut() }) else {
        return;
    };
    if out.struct_size < size_of::<CellStats>() {
        return;
    }
    let counts = native::engine().map(Engine::slab_counts);
    let (slabs, leased, leases) = counts.unwrap_or_default();
    out.slabs = slabs as u64;
    out.leased = leased as u64;
    out.leases = leases;
    out.fallback_records = thread::fallback_records();
}
