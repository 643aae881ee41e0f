//! Entries of a table by number: for keys that are few and known beforehand.

use std::fmt;
use std::ptr::{self, NonNull};
use std::sync::Arc;

use crate::sync::{AtomicPtr, Ordering};
use crate::table::{Found, Hashed, Presence, Table};

/// Pointers to entries, which the writer clears when it removes one.
pub(crate) type Pointers<T> = Arc<[AtomicPtr<T>]>;

/// Finds entries of a [`Table`] by a number, without hashing or comparing.
///
/// Made by [`Writer::dense`](crate::Writer::dense), which also sets what it finds.
pub struct Dense<T: Hashed, P: Presence> {
    pub(crate) pointers: Pointers<T>,
    pub(crate) table: Table<T, P>,
}

impl<T: Hashed, P: Presence> Dense<T, P> {
    pub(crate) fn new(numbers: usize, table: Table<T, P>) -> Self {
        let none = || AtomicPtr::new(ptr::null_mut());
        Self {
            pointers: std::iter::repeat_with(none).take(numbers).collect(),
            table,
        }
    }

    /// Returns the entry of this number.
    ///
    /// # Cost
    ///
    /// As [`Table::find`], without hashing, probing and comparing.
    #[inline]
    pub fn find(&self, number: usize) -> Option<Found<'_, T, P>> {
        let pointer = self.pointers.get(number)?;
        let inside = self.table.presence.enter();
        // Acquire: whoever finds the entry finds what is in it.
        let entry = pointer.load(Ordering::Acquire);
        // Set by the writer to linked entries only, and cleared before they go.
        Some(Found {
            entry: NonNull::new(entry)?,
            inside,
        })
    }

    /// The number of numbers.
    pub fn len(&self) -> usize {
        self.pointers.len()
    }

    /// True where there is no number at all.
    pub fn is_empty(&self) -> bool {
        self.pointers.is_empty()
    }
}

impl<T: Hashed, P: Presence> fmt::Debug for Dense<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dense")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}
