//! The writer's side of a table: insert, remove, grow, free.
#![allow(unsafe_code, reason = "frees what no look-up can see any more")]

use std::fmt;
use std::ptr::{self, NonNull};
use std::sync::Arc;

use crate::sync::{AtomicPtr, Ordering};
use crate::table::dense::{Dense, Pointers};
use crate::table::presence::Presence;
use crate::table::slots::{Shared, Slots, is_entry, share, tombstone};
use crate::table::{Hashed, Table};

/// Removals after which the writer tries to free them: a try costs a barrier on
/// all cores, about a microsecond.
const BATCH: usize = if cfg!(loom) { 1 } else { 64 };

/// The only one who changes a table.
///
/// Dropping it leaves the table as it is, for ever.
pub struct Writer<T: Hashed, P: Presence> {
    shared: Arc<Shared<T>>,
    presence: P,
    /// Entries in the table.
    len: usize,
    /// Slots that are not empty: entries and tombstones.
    used: usize,
    /// Unlinked since the batch below was closed.
    unlinked: Vec<Garbage<T>>,
    /// Unlinked before, waiting until both sides were seen empty.
    closing: Vec<Garbage<T>>,
    seen_empty: [bool; 2],
    /// Pointers by number, of each [`Dense`] there is.
    dense: Vec<Pointers<T>>,
}

/// What was unlinked and belongs to the writer alone, but for look-ups inside.
///
/// Raw pointers, not boxes: a box would claim that nobody else looks at it.
enum Garbage<T> {
    Entry(*mut T),
    Slots(*mut Slots<T>),
}

impl<T> Garbage<T> {
    /// Frees it.
    ///
    /// # Safety
    ///
    /// Every look-up that could see it has ended.
    unsafe fn free(self) {
        match self {
            // SAFETY: made by `Arc::into_raw`, unlinked once, freed once.
            Self::Entry(entry) => drop(unsafe { Arc::from_raw(entry) }),
            // SAFETY: made by `Box::into_raw`, unlinked once, freed once.
            Self::Slots(slots) => drop(unsafe { Box::from_raw(slots) }),
        }
    }
}

impl<T: Hashed, P: Presence> Writer<T, P> {
    pub(crate) fn new(shared: Arc<Shared<T>>, presence: P) -> Self {
        Self {
            shared,
            presence,
            len: 0,
            used: 0,
            unlinked: Vec::new(),
            closing: Vec::new(),
            seen_empty: [false; 2],
            dense: Vec::new(),
        }
    }

    /// Makes a way to find entries of this table by a number below `numbers`.
    pub fn dense(&mut self, numbers: usize) -> Dense<T, P> {
        let table = Table {
            shared: Arc::clone(&self.shared),
            presence: self.presence.clone(),
        };
        let dense = Dense::new(numbers, table);
        // Those that nobody holds any more find nothing.
        self.dense
            .retain(|pointers| Arc::strong_count(pointers) > 1);
        self.dense.push(Arc::clone(&dense.pointers));
        dense
    }

    /// Lets `dense`, made by this writer, find `entry` by `number`; false where
    /// the entry is not in the table.
    pub fn set_dense(&self, dense: &Dense<T, P>, number: usize, entry: &Arc<T>) -> bool {
        let is_same = |known: &T| ptr::eq(known, Arc::as_ptr(entry));
        let linked = self.shared.find(entry.hash(), is_same);
        let known = self
            .dense
            .iter()
            .any(|known| Arc::ptr_eq(known, &dense.pointers));
        let pointer = dense.pointers.get(number).filter(|_| known);
        match (linked, pointer) {
            (Some(entry), Some(pointer)) => {
                pointer.store(entry.as_ptr(), Ordering::Release);
                true
            }
            _ => false,
        }
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True where there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Removed entries that are not freed yet.
    pub fn unfreed(&self) -> usize {
        let entries = self.unlinked.iter().chain(&self.closing);
        entries
            .filter(|garbage| matches!(garbage, Garbage::Entry(_)))
            .count()
    }

    /// The entry of this hash that `is` accepts.
    pub fn get(&self, hash: u32, is: impl Fn(&T) -> bool) -> Option<Arc<T>> {
        let entry = self.shared.find(hash, is)?;
        // SAFETY: linked, and only this writer unlinks.
        Some(unsafe { share(entry) })
    }

    /// Adds an entry. The caller knows that there is none of its key.
    pub fn insert(&mut self, entry: Arc<T>) {
        if (self.used + 1) * 4 > self.slots().slots.len() * 3 {
            self.rebuild();
            self.free();
        }
        let hash = entry.hash();
        let was_empty = self.link(hash, Arc::into_raw(entry).cast_mut());
        self.used += usize::from(was_empty);
        self.len += 1;
        self.free_batch();
    }

    /// Puts an entry into the first free slot; true where no tombstone lay there.
    fn link(&self, hash: u32, entry: *mut T) -> bool {
        let mut probe = self.slots().probe(hash);
        let free = probe.find(|slot| !is_entry(slot.load(Ordering::Relaxed)));
        // `rebuild` leaves a quarter of the slots empty.
        let Some(slot) = free else {
            unreachable!("a table always has an empty slot")
        };
        let was_empty = slot.load(Ordering::Relaxed).is_null();
        // Release: whoever finds the entry finds what is in it.
        slot.store(entry, Ordering::Release);
        was_empty
    }

    /// Removes the entry of this hash that `is` accepts, and returns a share in it.
    ///
    /// The table gives its own share up when no look-up can see the entry any
    /// more, in a later call of the writer.
    pub fn remove(&mut self, hash: u32, is: impl Fn(&T) -> bool) -> Option<Arc<T>> {
        let is_wanted = |slot: &&AtomicPtr<T>| {
            let entry = slot.load(Ordering::Relaxed);
            // SAFETY: a linked entry is not freed.
            is_entry(entry) && unsafe { (*entry).hash() == hash && is(&*entry) }
        };
        let slots = self.slots();
        let in_reach = slots
            .probe(hash)
            .take_while(|slot| !slot.load(Ordering::Relaxed).is_null());
        let slot = { in_reach }.find(is_wanted)?;
        let entry = slot.load(Ordering::Relaxed);
        slot.store(tombstone(), Ordering::Release);
        for pointer in self.dense.iter().flat_map(|pointers| pointers.iter()) {
            if pointer.load(Ordering::Relaxed) == entry {
                pointer.store(ptr::null_mut(), Ordering::Release);
            }
        }
        self.unlinked.push(Garbage::Entry(entry));
        self.len -= 1;
        // SAFETY: not freed: it was unlinked just now.
        let removed = NonNull::new(entry).map(|entry| unsafe { share(entry) });
        self.free_batch();
        removed
    }

    /// The entries, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        let entries = self
            .slots()
            .slots
            .iter()
            .map(|slot| slot.load(Ordering::Relaxed));
        // SAFETY: linked entries live at least as long as the borrow of the writer.
        entries
            .filter(|entry| is_entry(*entry))
            .map(|entry| unsafe { &*entry })
    }

    fn slots(&self) -> &Slots<T> {
        // SAFETY: never null; replaced by this writer only, through `&mut self`.
        unsafe { &*self.shared.slots.load(Ordering::Relaxed) }
    }

    /// Moves the entries to new slots, without tombstones and at most half full.
    fn rebuild(&mut self) {
        let grown = Slots::<T>::with((self.len + 1) * 2);
        for slot in &self.slots().slots {
            let entry = slot.load(Ordering::Relaxed);
            if is_entry(entry) {
                // SAFETY: a linked entry is not freed.
                let hash = unsafe { (*entry).hash() };
                let mut probe = grown.probe(hash);
                let free = probe.find(|slot| slot.load(Ordering::Relaxed).is_null());
                let Some(free) = free else {
                    unreachable!("the new slots are half empty")
                };
                free.store(entry, Ordering::Relaxed);
            }
        }
        self.used = self.len;
        let old = self.shared.slots.load(Ordering::Relaxed);
        self.shared
            .slots
            .store(Box::into_raw(Box::new(grown)), Ordering::Release);
        self.unlinked.push(Garbage::Slots(old));
    }

    /// Frees after a change, where there is much to free.
    fn free_batch(&mut self) {
        if self.unlinked.len() >= BATCH {
            self.free();
        }
    }

    /// Frees what every look-up has left behind; never waits.
    ///
    /// A batch is closed, then freed once each side was seen empty after that.
    /// Changes call it now and then; call it again to free the last removals.
    pub fn free(&mut self) {
        if self.closing.is_empty() {
            if self.unlinked.is_empty() {
                return;
            }
            std::mem::swap(&mut self.unlinked, &mut self.closing);
            self.seen_empty = [false; 2];
        }
        if !self.presence.barrier() {
            return;
        }
        for side in 0..2 {
            self.seen_empty[side] = self.seen_empty[side] || self.presence.is_empty(side);
        }
        if self.seen_empty == [true; 2] {
            for garbage in self.closing.drain(..) {
                // SAFETY: unlinked before the barrier; each side was empty after
                // it, so whoever was inside then has left.
                unsafe { garbage.free() };
            }
        } else {
            self.presence.turn();
        }
    }
}

// SAFETY: as for `Shared`; garbage is owned.
unsafe impl<T: Hashed + Send + Sync, P: Presence + Send> Send for Writer<T, P> {}
// SAFETY: `&Writer` only reads linked entries.
unsafe impl<T: Hashed + Send + Sync, P: Presence + Sync> Sync for Writer<T, P> {}

impl<T: Hashed, P: Presence> Drop for Writer<T, P> {
    fn drop(&mut self) {
        // Twice: what was unlinked since the last batch, too. What a look-up is
        // looking at in this very moment is not freed: it is little, and lost.
        self.free();
        self.free();
    }
}

impl<T: Hashed, P: Presence> fmt::Debug for Writer<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("len", &self.len)
            .finish_non_exhaustive()
    }
}
