//! One thread's cells, and the list of all slabs.
#![allow(unsafe_code, reason = "follows the list's pointers")]

use std::fmt;
use std::ptr;

use crate::region::Region;
use crate::sync::{AtomicPtr, AtomicU64, Ordering};

/// The cells that one lessee at a time writes.
///
/// A slab is created when the pool is empty, leased over and over, and never
/// freed (invariant S1 of docs/adr/0002).
pub(crate) struct Slab {
    region: Region,
    /// The slab created before this one. Written once, before publication.
    next: AtomicPtr<Slab>,
    /// Times this slab was leased.
    leases: AtomicU64,
    /// Held by a lock, whose holders outlive a fork, rather than by a thread.
    #[cfg(not(loom))]
    leased_to_lock: std::sync::atomic::AtomicBool,
    #[cfg(not(loom))]
    pub(crate) exit: crate::thread::ExitState,
}

impl Slab {
    pub(crate) fn new(region: Region) -> Self {
        Self {
            region,
            next: AtomicPtr::new(ptr::null_mut()),
            leases: AtomicU64::new(0),
            #[cfg(not(loom))]
            leased_to_lock: std::sync::atomic::AtomicBool::new(false),
            #[cfg(not(loom))]
            exit: crate::thread::ExitState::new(),
        }
    }

    #[cfg(not(loom))]
    pub(crate) fn base(&self) -> *mut u8 {
        self.region.base()
    }

    #[cfg(not(any(loom, miri)))]
    pub(crate) fn region(&self) -> &Region {
        &self.region
    }

    /// The `count` cells from byte `offset` on; only the lessee may write them.
    pub(crate) fn cells(&self, offset: u32, count: u32) -> &'static [AtomicU64] {
        self.region.cells(offset, count)
    }

    #[cfg(not(loom))]
    pub(crate) fn set_leased_to_lock(&self, held: bool) {
        self.leased_to_lock.store(held, Ordering::Relaxed);
    }

    #[cfg(not(loom))]
    pub(crate) fn is_leased_to_lock(&self) -> bool {
        self.leased_to_lock.load(Ordering::Relaxed)
    }

    pub(crate) fn count_lease(&self) {
        self.leases.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn leases(&self) -> u64 {
        self.leases.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for Slab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slab")
            .field("region", &self.region)
            .field("leases", &self.leases())
            .finish_non_exhaustive()
    }
}

/// Every slab there is, newest first. Grows only.
#[derive(Debug)]
pub(crate) struct SlabList {
    newest: AtomicPtr<Slab>,
}

impl SlabList {
    pub(crate) fn new() -> Self {
        Self {
            newest: AtomicPtr::new(ptr::null_mut()),
        }
    }

    /// Publishes `slab`. The caller holds the pool's lock, so pushes do not race.
    pub(crate) fn push(&self, slab: Slab) -> &'static Slab {
        let slab = Box::leak(Box::new(slab));
        slab.next
            .store(self.newest.load(Ordering::Relaxed), Ordering::Relaxed);
        // Release: a reader that finds the slab finds its region and `next`.
        self.newest.store(slab, Ordering::Release);
        slab
    }

    /// Visits every slab published so far.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static Slab> {
        let mut at = self.newest.load(Ordering::Acquire);
        std::iter::from_fn(move || {
            // SAFETY: null, or a slab leaked by `push`, which nobody frees (S1).
            let slab = unsafe { at.as_ref() }?;
            at = slab.next.load(Ordering::Relaxed);
            Some(slab)
        })
    }
}
