//! A counter of whole things.

use crate::cell::handle::Handle;
use crate::keep::{Keep, Kept};
use crate::record::add_alone;
use crate::segment::SegmentKind;
use crate::series::{Full, Options, Series};
use crate::sync::Ordering;
use crate::thread::{OwnCells, Route, own_cells, route};

/// A cell per thread that only grows, in `u64`; sums wrap.
///
/// # Cost
///
/// A record is one unlocked add to memory that no other thread writes. The
/// first one of a thread leases its slab.
#[derive(Clone, Debug)]
pub struct CounterCell<K: Keep = Kept> {
    pub(crate) handle: Handle<K>,
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

    #[inline(always)]
    pub(crate) fn write(cells: OwnCells, n: u64) {
        add_alone(cells.cell(0), n, Ordering::Relaxed);
    }
}

impl<K: Keep> CounterCell<K> {
    /// A handle on an existing series, which records nowhere where that is too small.
    #[inline]
    pub fn on(keep: K) -> Self {
        Self {
            handle: Handle::on(keep, 1),
        }
    }

    /// The same cell, for as long as one likes.
    #[must_use]
    pub fn keep(&self) -> CounterCell {
        CounterCell {
            handle: self.handle.keep(),
        }
    }

    /// The same cell, recorded by atomic adds; for code on stackful fibres.
    #[must_use]
    pub fn shared(&self) -> CounterCell {
        CounterCell {
            handle: self.handle.shared(),
        }
    }

    /// Adds `n`.
    #[inline(always)]
    pub fn inc_by(&self, n: u64) {
        match own_cells(self.handle.offset) {
            Some(cells) => CounterCell::write(cells, n),
            None => self.inc_by_cold(n),
        }
    }

    #[cold]
    #[inline(never)]
    fn inc_by_cold(&self, n: u64) {
        match route(self.handle.offset) {
            Route::Own(cells) => CounterCell::write(cells, n),
            Route::Shared(cells) => {
                cells.cell(0).fetch_add(n, Ordering::Relaxed);
            }
            Route::Nowhere => {}
        }
        self.handle.notify();
    }

    /// Sums the cell over all threads.
    pub fn value(&self) -> u64 {
        let sum = self.handle.sum(SegmentKind::Unsigned);
        sum.wrapping_add(self.handle.adjustment())
    }

    /// Makes the value `total`, whatever was recorded; false where it fell.
    ///
    /// For one caller at a time, which mirrors a counter kept elsewhere. Records
    /// made meanwhile are added on top or lost in it.
    pub fn set_total(&self, total: u64) -> bool {
        let Some(series) = self.handle.keep.series() else {
            return true;
        };
        let before = self.value();
        let sum = self.handle.sum(SegmentKind::Unsigned);
        series.adjust(total.wrapping_sub(sum));
        before <= total
    }

    /// What keeps the series.
    pub fn kept(&self) -> &K {
        &self.handle.keep
    }

    /// The series; `None` for a no-op.
    pub fn series(&self) -> Option<&Series> {
        self.handle.keep.series()
    }

    /// True where both record into the same cell.
    pub fn is_same<L: Keep>(&self, other: &CounterCell<L>) -> bool {
        self.handle.is_same(&other.handle)
    }

    pub(crate) fn plain_offset(&self) -> Option<u32> {
        self.handle.plain_offset()
    }
}
