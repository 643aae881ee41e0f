//! The series table: look-up without a lock, with removal.
//!
//! One [`Writer`], wherever its owner's lock keeps it, inserts and removes; any
//! number of [`Table`] handles look up. A look-up counts itself in and out in
//! cells of its own thread (see [`presence`]); what the writer unlinks is freed
//! once every look-up that could still see it has ended. Nobody ever waits for
//! anybody.
#![allow(unsafe_code, reason = "shares an entry that a look-up keeps alive")]

mod dense;
mod presence;
mod slots;
mod writer;

pub use dense::Dense;
#[cfg(not(loom))]
pub use presence::InCells;
#[cfg(not(loom))]
pub(crate) use presence::Inside;
pub use presence::Presence;
pub use writer::Writer;

use std::fmt;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::Arc;

use crate::table::slots::Shared;
#[cfg_attr(loom, expect(unused_imports, reason = "for handles"))]
pub(crate) use crate::table::slots::share;

/// What a table holds: it knows the hash of its key.
pub trait Hashed {
    /// The hash, always the same.
    fn hash(&self) -> u32;
}

/// Looks series up by hash and full comparison.
///
/// Clones are the same table. Entries are never moved while they are in it.
pub struct Table<T: Hashed, P: Presence> {
    shared: Arc<Shared<T>>,
    presence: P,
}

impl<T: Hashed, P: Presence> Table<T, P> {
    /// Creates an empty table with its only writer.
    pub fn new(presence: P) -> (Self, Writer<T, P>) {
        let shared = Arc::new(Shared::new());
        let writer = Writer::new(Arc::clone(&shared), presence.clone());
        (Self { shared, presence }, writer)
    }

    /// Returns the entry of this hash that `is` accepts.
    ///
    /// Keys are compared in full by `is`: equal hashes are not enough. It runs
    /// while entries are kept alive, and may not call the writer.
    ///
    /// # Cost
    ///
    /// Two unlocked adds to cells of this thread, now and when the result is
    /// dropped, around the probing.
    #[inline(always)]
    pub fn find(&self, hash: u32, is: impl Fn(&T) -> bool) -> Option<Found<'_, T, P>> {
        let inside = self.presence.enter();
        let entry = self.shared.find(hash, is)?;
        Some(Found { entry, inside })
    }
}

impl<T: Hashed, P: Presence> Clone for Table<T, P> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            presence: self.presence.clone(),
        }
    }
}

impl<T: Hashed, P: Presence> fmt::Debug for Table<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").finish_non_exhaustive()
    }
}

/// An entry that was looked up, kept alive without a share in it.
///
/// While it lives nothing is freed that was removed from its table; nobody waits
/// for it.
pub struct Found<'t, T, P: Presence + 't> {
    /// Not a reference: a share is counted beside the entry.
    entry: NonNull<T>,
    /// Ends also where a closure panics.
    inside: P::Inside<'t>,
}

// SAFETY: as for a `&T`.
unsafe impl<'t, T: Send + Sync, P: Presence> Send for Found<'t, T, P> where P::Inside<'t>: Send {}
// SAFETY: as above.
unsafe impl<'t, T: Send + Sync, P: Presence> Sync for Found<'t, T, P> where P::Inside<'t>: Sync {}

impl<'t, T, P: Presence> Found<'t, T, P> {
    /// The entry, and what keeps it alive.
    #[inline]
    pub(crate) fn into_parts(self) -> (NonNull<T>, P::Inside<'t>) {
        (self.entry, self.inside)
    }

    /// Takes a share in the entry, to keep it for long.
    pub fn share(&self) -> Arc<T> {
        // SAFETY: found in a slot, and not freed before the look-up ends.
        unsafe { share(self.entry) }
    }
}

impl<T, P: Presence> Deref for Found<'_, T, P> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: not freed before the look-up ends.
        unsafe { self.entry.as_ref() }
    }
}

impl<T: fmt::Debug, P: Presence> fmt::Debug for Found<'_, T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
