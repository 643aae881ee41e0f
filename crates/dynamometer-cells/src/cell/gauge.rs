//! A value that is set.

use crate::cell::handle::Handle;
use crate::keep::{Keep, Kept};
use crate::record::add_float_among_others;
use crate::series::{Full, Options, Series};
use crate::sync::{AtomicU64, Ordering};

/// One shared cell of `f64` bits: the last `set` wins, `add` is atomic.
///
/// # Cost
///
/// `set` is one relaxed store. `add` is a compare-and-swap; a count of things
/// in flight is cheaper as an up-down counter.
#[derive(Clone, Debug)]
pub struct GaugeCell<K: Keep = Kept> {
    handle: Handle<K>,
    cell: Option<&'static AtomicU64>,
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
        Ok(Self::on(Kept::new(Series::set(options)?)))
    }
}

impl<K: Keep> GaugeCell<K> {
    /// A handle on an existing series that is set.
    #[inline]
    pub fn on(keep: K) -> Self {
        let cell = keep.series().and_then(Series::shared_cell);
        Self {
            handle: Handle::on(keep, 1),
            cell,
        }
    }

    /// The same cell, for as long as one likes.
    #[must_use]
    pub fn keep(&self) -> GaugeCell {
        GaugeCell {
            handle: self.handle.keep(),
            cell: self.cell,
        }
    }

    /// Sets the value.
    #[inline(always)]
    pub fn set(&self, value: f64) {
        self.set_bits(value.to_bits());
    }

    /// Sets all bits at once, for what is not a number.
    #[inline(always)]
    pub fn set_bits(&self, bits: u64) {
        if let Some(cell) = self.cell {
            cell.store(bits, Ordering::Relaxed);
            self.handle.notify();
        }
    }

    /// Changes bits to `to` under `mask`, leaving the others to who changes them.
    pub fn change_bits(&self, mask: u64, to: u64) {
        if let Some(cell) = self.cell {
            let change = |bits| Some((bits & !mask) | (to & mask));
            // The closure always returns a value: this cannot fail.
            let _ = cell.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change);
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
        f64::from_bits(self.bits())
    }

    /// Reads all bits.
    pub fn bits(&self) -> u64 {
        self.cell.map_or(0, |cell| cell.load(Ordering::Relaxed))
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
    pub fn is_same<L: Keep>(&self, other: &GaugeCell<L>) -> bool {
        self.handle.is_same(&other.handle)
    }
}
