//! A counter of amounts.

use crate::cell::counter::plain_offset;
use crate::cell::handle::Handle;
use crate::range::{Full, Options};
use crate::record::{add_float_alone, add_float_among_others};
use crate::segment::SegmentKind;
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
pub struct FloatCell {
    pub(crate) handle: Handle,
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

    /// The same cell, recorded by atomic adds; for code on stackful fibres.
    #[must_use]
    pub fn shared(&self) -> Self {
        Self {
            handle: self.handle.shared(),
        }
    }

    /// Adds `n`.
    #[inline(always)]
    pub fn add(&self, n: f64) {
        match own_cells(self.handle.offset) {
            Some(cells) => Self::write(cells, n),
            None => self.add_cold(n),
        }
    }

    #[inline(always)]
    pub(crate) fn write(cells: OwnCells, n: f64) {
        add_float_alone(cells.cell(0), n);
    }

    #[cold]
    #[inline(never)]
    fn add_cold(&self, n: f64) {
        match route(self.handle.offset) {
            Route::Own(cells) => Self::write(cells, n),
            Route::Shared(cells) => add_float_among_others(cells.cell(0), n),
            Route::Nowhere => {}
        }
        self.handle.notify();
    }

    /// Sums the cell over all threads.
    pub fn value(&self) -> f64 {
        f64::from_bits(self.handle.sum(SegmentKind::Float))
    }

    /// True where both record into the same cell.
    pub fn is_same(&self, other: &Self) -> bool {
        self.handle.is_same(&other.handle)
    }

    pub(crate) fn plain_offset(&self) -> Option<u32> {
        plain_offset(&self.handle)
    }
}
