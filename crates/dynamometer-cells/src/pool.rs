//! Slabs on lease: taken by a thread or a lock, handed on with their values.

use crate::region::Region;
use crate::slab::{Slab, SlabList};
use crate::sync::{Mutex, lock};

/// The slabs, and those that nobody leases now.
///
/// A slab changes hands with its values: a successor adds on top, so there are
/// as many slabs as there were threads alive at once, and no count is ever
/// moved. The lock orders the last write of one lessee before the first of the
/// next (invariant S2 of docs/adr/0002).
#[derive(Debug)]
pub(crate) struct Pool {
    slabs: SlabList,
    idle: Mutex<Vec<&'static Slab>>,
    slab_bytes: u32,
}

impl Pool {
    pub(crate) fn new(slab_bytes: u32) -> Self {
        Self {
            slabs: SlabList::new(),
            idle: Mutex::new(Vec::new()),
            slab_bytes,
        }
    }

    /// Leases an idle slab or a new one; `None` where none can be reserved.
    pub(crate) fn lease(&self) -> Option<&'static Slab> {
        let mut idle = lock(&self.idle);
        let slab = match idle.pop() {
            Some(slab) => slab,
            None => self
                .slabs
                .push(Slab::new(Region::reserve(self.slab_bytes)?)),
        };
        slab.count_lease();
        Some(slab)
    }

    /// Takes a slab back from its lessee, which writes to it no more.
    pub(crate) fn give_back(&self, slab: &'static Slab) {
        lock(&self.idle).push(slab);
    }

    pub(crate) fn slabs(&self) -> impl Iterator<Item = &'static Slab> {
        self.slabs.iter()
    }

    #[cfg(not(loom))]
    pub(crate) fn idle(&self) -> crate::sync::MutexGuard<'_, Vec<&'static Slab>> {
        lock(&self.idle)
    }
}
