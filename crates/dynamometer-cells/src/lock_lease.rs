//! A slab leased to a lock instead of a thread, such as Python's GIL.
#![allow(
    unsafe_code,
    reason = "writes cells under a lock that the caller holds"
)]

use std::ptr;

use crate::cell::{Buckets, CounterCell, FloatCell, HistogramCells, UpDownCells};
use crate::keep::Kept;
use crate::native;
use crate::owner;
use crate::record::observe_all_alone;
use crate::slab::Slab;
use crate::thread::OwnCells;

/// A slab that whoever holds a certain lock writes, without atomics or TLS.
///
/// The lock orders its holders, so the cells still have one writer at a time.
/// Given back on drop, values and all.
#[derive(Debug)]
pub struct LockLease {
    base: *mut u8,
}

// SAFETY: the base is an address; writing through it is bound to the lock by
// the contract of each method.
unsafe impl Send for LockLease {}
// SAFETY: as above.
unsafe impl Sync for LockLease {}

impl LockLease {
    /// Leases a slab, or returns `None` where none can be had.
    pub fn take() -> Option<Self> {
        // SAFETY: the owner vouched for its functions (`adopt`).
        let base = unsafe { (owner::owner().lease_to_lock)() };
        (!base.is_null()).then_some(Self { base })
    }

    fn cells(&self, offset: u32) -> OwnCells {
        OwnCells::at(self.base, offset)
    }

    /// Adds `n` to a counter.
    ///
    /// # Safety
    ///
    /// The caller holds the lock that this lease stands for.
    #[inline]
    pub unsafe fn inc_by(&self, counter: &CounterCell, n: u64) {
        match counter.plain_offset() {
            Some(offset) => CounterCell::write(self.cells(offset), n),
            None => counter.inc_by(n),
        }
    }

    /// Adds `n` to a float counter.
    ///
    /// # Safety
    ///
    /// The caller holds the lock that this lease stands for.
    #[inline]
    pub unsafe fn add_float(&self, counter: &FloatCell, n: f64) {
        match counter.plain_offset() {
            Some(offset) => FloatCell::write(self.cells(offset), n),
            None => counter.add(n),
        }
    }

    /// Adds `n`, which may be negative, to an up-down counter.
    ///
    /// # Safety
    ///
    /// The caller holds the lock that this lease stands for.
    #[inline]
    pub unsafe fn add(&self, counter: &UpDownCells, n: i64) {
        match counter.plain_offset() {
            Some(offset) => UpDownCells::write(self.cells(offset), n),
            None => counter.add(n),
        }
    }

    /// Records `n` observations of `value`.
    ///
    /// # Safety
    ///
    /// The caller holds the lock that this lease stands for.
    #[inline]
    pub unsafe fn observe<B: Buckets>(
        &self,
        histogram: &HistogramCells<Kept, B>,
        value: f64,
        n: u64,
    ) {
        match histogram.plain_offset() {
            Some(offset) => {
                let bucket = histogram.buckets().index_of(value);
                HistogramCells::write(self.cells(offset), bucket, value, n);
            }
            None => histogram.observe(value, n),
        }
    }

    /// Adds what was counted elsewhere: observations per bucket, and their sum.
    ///
    /// Buckets beyond the last are ignored.
    ///
    /// # Safety
    ///
    /// The caller holds the lock that this lease stands for.
    pub unsafe fn observe_all<B: Buckets>(
        &self,
        histogram: &HistogramCells<Kept, B>,
        buckets: &[u64],
        sum: f64,
    ) {
        match histogram.plain_offset() {
            Some(offset) => {
                let buckets = &buckets[..buckets.len().min(histogram.buckets().count())];
                let cells = self.cells(offset);
                observe_all_alone(|index| cells.cell(index), buckets, sum);
            }
            None => histogram.add(buckets, sum),
        }
    }
}

impl Drop for LockLease {
    fn drop(&mut self) {
        // SAFETY: leased by `take`, given back once.
        unsafe { (owner::owner().return_from_lock)(self.base) }
    }
}

/// `OwnerTable::lease_to_lock` of this copy.
pub(crate) unsafe extern "C" fn lease_native() -> *mut u8 {
    let slab = native::engine().and_then(|engine| engine.pool.lease());
    slab.inspect(|slab| slab.set_leased_to_lock(true))
        .map_or(ptr::null_mut(), Slab::base)
}

/// `OwnerTable::return_from_lock` of this copy.
pub(crate) unsafe extern "C" fn return_native(base: *mut u8) {
    let Some(engine) = native::engine() else {
        return;
    };
    let leased = engine
        .pool
        .slabs()
        .find(|slab| slab.base() == base && slab.is_leased_to_lock());
    if let Some(slab) = leased {
        slab.set_leased_to_lock(false);
        engine.pool.give_back(slab);
    }
}
