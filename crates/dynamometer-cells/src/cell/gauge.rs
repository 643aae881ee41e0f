//! A value that is set.

use crate::cell::handle::Handle;
use crate::range::{Full, Options};
use crate::record::add_float_among_others;
use crate::sync::Ordering;
use crate::thread::{OwnCells, shared_cells};

/// One shared cell of `f64` bits: the last `set` wins, `add` is atomic.
///
/// # Cost
///
/// `set` is one relaxed store. `add` is a compare-and-swap; a count of things
/// in flight is cheaper as an up-down counter.
#[derive(Clone, Debug)]
pub struct GaugeCell {
    handle: Handle,
    cell: Option<&'static crate::sync::AtomicU64>,
}

impl GaugeCell {
    /// A gauge whose records are never read.
    pub const NOOP: Self = Self {
        handle: Handle::NOOP,
        cell: None,
    };

    /// Takes a cell for a new series.
    ///
    /// # Errors
    ///
    /// [`Full`] where the process has no offset left.
    pub fn new(options: Options) -> Result<Self, Full> {
        let handle = Handle::gauge(options)?;
        let cells: OwnCells = shared_cells(handle.offset).ok_or(Full)?;
        Ok(Self {
            cell: Some(cells.cell(0)),
            handle,
        })
    }

    /// Sets the value.
    #[inline(always)]
    pub fn set(&self, value: f64) {
        if let Some(cell) = self.cell {
            cell.store(value.to_bits(), Ordering::Relaxed);
            self.handle.notify();
        }
    }

    /// Adds `n`, which may be negative.
    #[inline]
    pub fn add(&self, n: f64) {
        if let Some(cell) = self.cell {
            add_float_among_others(cell, n);
            self.handle.notify();
        }
    }

    /// Reads the value.
    pub fn value(&self) -> f64 {
        self.cell
            .map_or(0.0, |cell| f64::from_bits(cell.load(Ordering::Relaxed)))
    }

    /// True where both record into the same cell.
    pub fn is_same(&self, other: &Self) -> bool {
        self.handle.is_same(&other.handle)
    }
}
