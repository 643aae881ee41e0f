//! What the engine holds right now.

use crate::engine::Engine;
use crate::native;
use crate::owner;
use crate::thread;

/// Slabs and leases of this copy of the engine, for diagnosis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// This copy owns the cells; the other numbers are zero where it does not.
    pub is_owner: bool,
    /// Slabs that exist: the most threads that recorded at one time.
    pub slabs: usize,
    /// Slabs on lease to a thread or a lock.
    pub leased: usize,
    /// Leases given out since the process began.
    pub leases: u64,
    /// Records that found no slab and went to the shared one, in this copy.
    pub fallback_records: u64,
}

/// Counts slabs, leases and fallbacks; a use of the engine, as [`adopt`] means it.
///
/// [`adopt`]: crate::adopt
pub fn stats() -> Stats {
    let is_owner = owner::is_native();
    let counts = is_owner
        .then(native::engine)
        .flatten()
        .map(Engine::slab_counts);
    let (slabs, leased, leases) = counts.unwrap_or_default();
    Stats {
        is_owner,
        slabs,
        leased,
        leases,
        fallback_records: thread::fallback_records(),
    }
}
