//! The slots of a table: open addressing over pointers to entries.
#![allow(unsafe_code, reason = "follows pointers that the writer frees later")]

use std::ptr;

use crate::sync::{AtomicPtr, Ordering};

/// Slots of an empty table.
const FIRST_SLOTS: usize = if cfg!(loom) { 2 } else { 16 };

/// An entry, which stays where it is from insertion to reclamation.
pub(crate) struct Entry<T> {
    pub(crate) hash: u64,
    pub(crate) value: T,
}

/// A power of two of slots.
pub(crate) struct Slots<T> {
    pub(crate) slots: Box<[AtomicPtr<Entry<T>>]>,
}

/// The mark of a slot whose entry was removed: probing goes on behind it.
pub(crate) fn tombstone<T>() -> *mut Entry<T> {
    ptr::without_provenance_mut(align_of::<Entry<T>>())
}

/// True where `entry` is neither an empty slot nor a tombstone.
pub(crate) fn is_entry<T>(entry: *mut Entry<T>) -> bool {
    !entry.is_null() && entry != tombstone()
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
    pub(crate) fn probe(&self, hash: u64) -> impl Iterator<Item = &AtomicPtr<Entry<T>>> {
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

impl<T> Shared<T> {
    pub(crate) fn new() -> Self {
        Self {
            slots: AtomicPtr::new(Box::into_raw(Box::new(Slots::first()))),
        }
    }

    /// Finds an entry. The caller is counted in, or is the writer.
    #[inline]
    pub(crate) fn find(&self, hash: u64, is: impl Fn(&T) -> bool) -> Option<&T> {
        // SAFETY: never null, and freed only after everybody counted in has left.
        let slots = unsafe { &*self.slots.load(Ordering::Acquire) };
        for slot in slots.probe(hash) {
            let entry = slot.load(Ordering::Acquire);
            if entry.is_null() {
                return None;
            }
            if entry == tombstone() {
                continue;
            }
            // SAFETY: an entry is freed only after everybody counted in has left.
            let entry = unsafe { &*entry };
            if entry.hash == hash && is(&entry.value) {
                return Some(&entry.value);
            }
        }
        None
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
                drop(unsafe { Box::from_raw(entry) });
            }
        }
    }
}
