//! The series table: look-up without a lock, with removal.
//!
//! One [`Writer`], wherever its owner's lock keeps it, inserts and removes; any
//! number of [`Table`] handles look up. A look-up counts itself in and out in
//! cells of its own thread (see [`presence`]); what the writer unlinks is freed
//! once every look-up that could still see it has ended. Nobody ever waits for
//! anybody.

mod presence;
mod slots;
mod writer;

#[cfg(not(loom))]
pub use presence::InCells;
pub use presence::Presence;
pub use writer::Writer;

use std::fmt;
use std::sync::Arc;

use crate::table::slots::Shared;

/// Looks series up by hash and full comparison.
///
/// Clones are the same table. Entries are never moved while they are in it.
pub struct Table<T, P: Presence> {
    shared: Arc<Shared<T>>,
    presence: P,
}

impl<T, P: Presence> Table<T, P> {
    /// Creates an empty table with its only writer.
    pub fn new(presence: P) -> (Self, Writer<T, P>) {
        let shared = Arc::new(Shared::new());
        let writer = Writer::new(Arc::clone(&shared), presence.clone());
        (Self { shared, presence }, writer)
    }

    /// Calls `then` with the entry of this hash that `is` accepts.
    ///
    /// Keys are compared in full by `is`: equal hashes are not enough. Both
    /// closures run while the entry is kept alive; neither may call the writer.
    ///
    /// # Cost
    ///
    /// Two unlocked adds to cells of this thread around the probing.
    #[inline]
    pub fn find<R>(
        &self,
        hash: u64,
        is: impl Fn(&T) -> bool,
        then: impl FnOnce(&T) -> R,
    ) -> Option<R> {
        let _visit = Visit::begin(&self.presence);
        self.shared.find(hash, is).map(then)
    }
}

impl<T, P: Presence> Clone for Table<T, P> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            presence: self.presence.clone(),
        }
    }
}

impl<T, P: Presence> fmt::Debug for Table<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").finish_non_exhaustive()
    }
}

/// A look-up in progress; ends also where a closure panics.
struct Visit<'a, P: Presence> {
    presence: &'a P,
    side: usize,
}

impl<'a, P: Presence> Visit<'a, P> {
    #[inline]
    fn begin(presence: &'a P) -> Self {
        Self {
            presence,
            side: presence.enter(),
        }
    }
}

impl<P: Presence> Drop for Visit<'_, P> {
    #[inline]
    fn drop(&mut self) {
        self.presence.leave(self.side);
    }
}
