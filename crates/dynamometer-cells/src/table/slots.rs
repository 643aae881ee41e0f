//! The slots of a table: open addressing over pointers to entries.
#![allow(unsafe_code, reason = "follows pointers that the writer frees later")]

use std::mem::ManuallyDrop;
use std::ptr::{self, NonNull};
use std::sync::Arc;

use crate::sync::{AtomicPtr, Ordering};
use crate::table::Hashed;

/// Slots of an empty table.
const FIRST_SLOTS: usize = if cfg!(loom) { 2 } else { 16 };

/// A power of two of slots, each with a pointer from `Arc::into_raw`: an entry
/// stays where it is, and one allocation serves table and handles.
pub(crate) struct Slots<T> {
    pub(crate) slots: Box<[AtomicPtr<T>]>,
}

/// The mark of a slot whose entry was removed: probing goes on behind it.
///
/// No entry lies at the lowest address that is aligned for it.
#[inline]
pub(crate) fn tombstone<T>() -> *mut T {
    ptr::without_provenance_mut(align_of::<T>())
}

/// True where `entry` is neither an empty slot nor a tombstone.
#[inline]
pub(crate) fn is_entry<T>(entry: *mut T) -> bool {
    // One comparison for both: null and the tombstone are the lowest addresses.
    entry.addr() > tombstone::<T>().addr()
}

/// Takes a share in an entry.
///
/// # Safety
///
/// The entry is from a slot, and the table's share in it is not given up before
/// this returns.
pub(crate) unsafe fn share<T>(entry: NonNull<T>) -> Arc<T> {
    // SAFETY: made by `Arc::into_raw`. The share borrowed here is forgotten, and
    // the clone counted.
    let shared = ManuallyDrop::new(unsafe { Arc::from_raw(entry.as_ptr()) });
    Arc::clone(&shared)
}

impl<T> Slots<T> {
    pub(crate) fn with(count: usize) -> Self {
        let empty = || AtomicPtr::new(ptr::null_mut());
        Self {
            slots: std::iter::repeat_with(empty)
                .take(count.next_power_of_two())
                .collect(),
        }
    }

    pub(crate) fn first() -> Self {
        Self::with(FIRST_SLOTS)
    }

    /// The slots to probe for `hash`, each once.
    #[inline]
    pub(crate) fn probe(&self, hash: u32) -> impl Iterator<Item = &AtomicPtr<T>> {
        let mask = self.slots.len() - 1;
        let start = hash as usize;
        (0..=mask).map(move |step| &self.slots[start.wrapping_add(step) & mask])
    }
}

/// What look-ups and the writer share.
pub(crate) struct Shared<T> {
    /// The slots in force. Never null; replaced by the writer when it grows.
    pub(crate) slots: AtomicPtr<Slots<T>>,
}

// SAFETY: entries are read through `&T` from any thread and dropped by whichever
// thread holds the writer, or drops the last handle.
unsafe impl<T: Send + Sync> Send for Shared<T> {}
// SAFETY: as above.
unsafe impl<T: Send + Sync> Sync for Shared<T> {}

impl<T: Hashed> Shared<T> {
    pub(crate) fn new() -> Self {
        Self {
            slots: AtomicPtr::new(Box::into_raw(Box::new(Slots::first()))),
        }
    }

    /// Finds an entry. The caller is counted in, or is the writer.
    #[inline(always)]
    pub(crate) fn find(&self, hash: u32, is: impl Fn(&T) -> bool) -> Option<NonNull<T>> {
        // SAFETY: never null, and freed only after everybody counted in has left.
        let slots = unsafe { &*self.slots.load(Ordering::Acquire) };
        let mask = slots.slots.len() - 1;
        let mut at = hash as usize & mask;
        // It ends: a table always has an empty slot.
        loop {
            let entry = slots.slots[at].load(Ordering::Acquire);
            if is_entry(entry) {
                // SAFETY: an entry is freed only after everybody counted in has left.
                let seen = unsafe { &*entry };
                if seen.hash() == hash && is(seen) {
                    return NonNull::new(entry);
                }
            } else if entry.is_null() {
                return None;
            }
            at = (at + 1) & mask;
        }
    }
}

impl<T> Drop for Shared<T> {
    fn drop(&mut self) {
        // SAFETY: the last handle is gone; what is linked is not retired.
        let slots = unsafe { Box::from_raw(self.slots.load(Ordering::Relaxed)) };
        for slot in &slots.slots {
            let entry = slot.load(Ordering::Relaxed);
            if is_entry(entry) {
                // SAFETY: linked once, freed once.
                drop(unsafe { Arc::from_raw(entry) });
            }
        }
    }
}
