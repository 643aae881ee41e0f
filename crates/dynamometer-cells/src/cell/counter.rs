//! A counter of whole things.

use crate::cell::handle::Handle;
use crate::offset::Offset;
use crate::range::{Full, Options};
use crate::record::add_alone;
use crate::segment::SegmentKind;
use crate::sync::Ordering;
use crate::thread::{OwnCells, Route, own_cells, route};

/// A cell per thread that only grows, in `u64`; sums wrap.
///
/// # Cost
///
/// A record is one unlocked add to memory that no other thread writes. The
/// first one of a thread leases its slab.
#[derive(Clone, Debug)]
pub struct CounterCell {
    pub(crate) handle: Handle,
}

impl CounterCell {
    /// A counter whose records are never read.
    pub const NOOP: Self = Self {
        handle: Handle::NOOP,
    };

    /// Takes a cell for a new series.
    ///
    /// # Errors
    ///
    /// [`Full`] where the process has no offset left.
    pub fn new(options: Options) -> Result<Self, Full> {
        Ok(Self {
            handle: Handle::new(1, options)?,
        })
    }

    /// The same cell, recorded by atomic adds; for code on stackful fibres.
    #[must_use]
    pub fn shared(&self) -> Self {
        Self {
            handle: self.handle.shared(),
        }
    }

    /// Adds `n`.
    #[inline(always)]
    pub fn inc_by(&self, n: u64) {
        match own_cells(self.handle.offset) {
            Some(cells) => Self::write(cells, n),
            None => self.inc_by_cold(n),
        }
    }

    #[inline(always)]
    pub(crate) fn write(cells: OwnCells, n: u64) {
        add_alone(cells.cell(0), n, Ordering::Relaxed);
    }

    #[cold]
    #[inline(never)]
    fn inc_by_cold(&self, n: u64) {
        match route(self.handle.offset) {
            Route::Own(cells) => Self::write(cells, n),
            Route::Shared(cells) => {
                cells.cell(0).fetch_add(n, Ordering::Relaxed);
            }
            Route::Nowhere => {}
        }
        self.handle.notify();
    }

    /// Sums the cell over all threads.
    pub fn value(&self) -> u64 {
        self.handle.sum(SegmentKind::Unsigned)
    }

    /// True where both record into the same cell.
    pub fn is_same(&self, other: &Self) -> bool {
        self.handle.is_same(&other.handle)
    }

    pub(crate) fn plain_offset(&self) -> Option<u32> {
        plain_offset(&self.handle)
    }
}

/// The offset to write at under a lock, or `None` for a flagged handle.
pub(crate) fn plain_offset(handle: &Handle) -> Option<u32> {
    (handle.offset == Offset::plain(handle.offset.bytes())).then(|| handle.offset.bytes())
}
