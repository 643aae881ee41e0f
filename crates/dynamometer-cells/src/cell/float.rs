//! A counter of amounts.

use crate::cell::handle::Handle;
use crate::keep::{Keep, Kept};
use crate::record::{add_float_alone, add_float_among_others};
use crate::segment::SegmentKind;
use crate::series::{Full, Options, Series};
use crate::thread::{OwnCells, Route, own_cells, route};

/// A cell per thread that adds up `f64` amounts.
///
/// The caller keeps NaN and negative amounts out; one NaN makes the sum NaN.
///
/// # Cost
///
/// An unlocked load, add and store. Adds to one cell wait for each other: about
/// four nanoseconds in a tight loop, less among other work.
#[derive(Clone, Debug)]
pub struct FloatCell<K: Keep = Kept> {
    pub(crate) handle: Handle<K>,
}

impl FloatCell {
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
    pub(crate) fn write(cells: OwnCells, n: f64) {
        add_float_alone(cells.cell(0), n);
    }
}

impl<K: Keep> FloatCell<K> {
    /// A handle on an existing series, which records nowhere where that is too small.
    #[inline]
    pub fn on(keep: K) -> Self {
        Self {
            handle: Handle::on(keep, 1),
        }
    }

    /// The same cell, for as long as one likes.
    #[must_use]
    pub fn keep(&self) -> FloatCell {
        FloatCell {
            handle: self.handle.keep(),
        }
    }

    /// The same cell, recorded by atomic adds; for code on stackful fibres.
    #[must_use]
    pub fn shared(&self) -> FloatCell {
        FloatCell {
            handle: self.handle.shared(),
        }
    }

    /// Adds `n`.
    #[inline(always)]
    pub fn add(&self, n: f64) {
        match own_cells(self.handle.offset) {
            Some(cells) => FloatCell::write(cells, n),
            None => self.add_cold(n),
        }
    }

    #[cold]
    #[inline(never)]
    fn add_cold(&self, n: f64) {
        match route(self.handle.offset) {
            Route::Own(cells) => FloatCell::write(cells, n),
            Route::Shared(cells) => add_float_among_others(cells.cell(0), n),
            Route::Nowhere => {}
        }
        self.handle.notify();
    }

    /// Sums the cell over all threads.
    pub fn value(&self) -> f64 {
        self.sum() + f64::from_bits(self.handle.adjustment())
    }

    fn sum(&self) -> f64 {
        f64::from_bits(self.handle.sum(SegmentKind::Float))
    }

    /// Makes the value `total`, whatever was recorded; false where it fell.
    ///
    /// As [`CounterCell::set_total`](crate::CounterCell::set_total). Exact where
    /// nothing was added by [`add`](Self::add).
    pub fn set_total(&self, total: f64) -> bool {
        let Some(series) = self.handle.keep.series() else {
            return true;
        };
        let before = self.value();
        series.adjust((total - self.sum()).to_bits());
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
    pub fn is_same<L: Keep>(&self, other: &FloatCell<L>) -> bool {
        self.handle.is_same(&other.handle)
    }

    pub(crate) fn plain_offset(&self) -> Option<u32> {
        self.handle.plain_offset()
    }
}
