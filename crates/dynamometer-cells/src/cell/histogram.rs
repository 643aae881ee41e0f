//! A distribution over fixed buckets.

use std::fmt;
use std::sync::Arc;

use crate::cell::bounds::Bounds;
use crate::cell::handle::Handle;
use crate::keep::{Keep, Kept};
use crate::owner;
use crate::record::{
    observe_all_alone, observe_all_among_others, observe_alone, observe_among_others,
};
use crate::segment::SegmentKind;
use crate::series::{Full, Options, Series};
use crate::thread::{OwnCells, Route, own_cells, route};

/// Cells per thread: the sum of what was observed, then a count per bucket.
///
/// There is no cell for the count: it is the sum of the buckets, so that the two
/// never disagree. A record writes the sum first and its bucket after with
/// release; a reader takes the buckets first. So a sum that is read holds every
/// observation that was counted; one made during the read may be in the sum alone.
///
/// # Cost
///
/// Two unlocked adds and a bucket search of one table look-up and one
/// comparison. The add to the `f64` sum is the longest part.
pub struct HistogramCells<K: Keep = Kept> {
    pub(crate) handle: Handle<K>,
    /// Held with the cells: an index from other bounds could lie outside them.
    bounds: K::Link<Bounds>,
}

/// What a histogram adds up to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistogramSums {
    /// The sum of all observed values.
    pub sum: f64,
    /// Observations per bucket, not cumulative; the last is `+Inf`.
    pub buckets: Vec<u64>,
}

impl HistogramCells {
    /// A histogram whose records are never read.
    pub fn noop() -> Self {
        Self {
            handle: Handle::NOOP,
            bounds: Arc::new(Bounds::none()),
        }
    }

    /// Takes the cells of a new series with the buckets of `bounds`.
    ///
    /// # Errors
    ///
    /// [`Full`] where the process has no offsets left.
    pub fn new(bounds: Arc<Bounds>, options: Options) -> Result<Self, Full> {
        Ok(Self {
            handle: Handle::new(bounds.buckets() + 1, options)?,
            bounds,
        })
    }

    /// Writes to bucket `bucket`, an index from this histogram's own bounds.
    #[inline(always)]
    pub(crate) fn write(cells: OwnCells, bucket: usize, value: f64, n: u64) {
        observe_alone(|index| cells.cell(index), bucket, total(value, n), n);
    }
}

impl<K: Keep> HistogramCells<K> {
    /// A handle on an existing series with these bounds, which records nowhere
    /// where the series is too small for them.
    #[inline]
    pub fn on(keep: K, bounds: K::Link<Bounds>) -> Self {
        let cells = K::of(&bounds).buckets() as u32 + 1;
        Self {
            handle: Handle::on(keep, cells),
            bounds,
        }
    }

    /// The same cells, for as long as one likes.
    #[must_use]
    pub fn keep(&self) -> HistogramCells {
        HistogramCells {
            handle: self.handle.keep(),
            bounds: K::own(&self.bounds),
        }
    }

    /// The same cells, recorded by atomic adds; for code on stackful fibres.
    #[must_use]
    pub fn shared(&self) -> HistogramCells {
        HistogramCells {
            handle: self.handle.shared(),
            bounds: K::own(&self.bounds),
        }
    }

    /// The bounds of the buckets.
    pub fn bounds(&self) -> &Bounds {
        K::of(&self.bounds)
    }

    /// Records `n` observations of `value`.
    ///
    /// The caller keeps NaN out; one NaN makes the sum NaN.
    #[inline(always)]
    pub fn observe(&self, value: f64, n: u64) {
        let bucket = self.bounds().index_of(value);
        match own_cells(self.handle.offset) {
            Some(cells) => HistogramCells::write(cells, bucket, value, n),
            None => self.observe_cold(bucket, value, n),
        }
    }

    #[cold]
    #[inline(never)]
    fn observe_cold(&self, bucket: usize, value: f64, n: u64) {
        match route(self.handle.offset) {
            Route::Own(cells) => HistogramCells::write(cells, bucket, value, n),
            Route::Shared(cells) => {
                observe_among_others(|index| cells.cell(index), bucket, total(value, n), n);
            }
            Route::Nowhere => {}
        }
        self.handle.notify();
    }

    /// Adds what was counted elsewhere: observations per bucket, and their sum.
    ///
    /// The sum first, as for a record; buckets beyond the last are ignored.
    pub fn add(&self, buckets: &[u64], sum: f64) {
        let buckets = &buckets[..buckets.len().min(self.bounds().buckets())];
        match route(self.handle.offset) {
            Route::Own(cells) => {
                observe_all_alone(|index| cells.cell(index), buckets, sum);
            }
            Route::Shared(cells) => {
                observe_all_among_others(|index| cells.cell(index), buckets, sum);
            }
            Route::Nowhere => {}
        }
        self.handle.notify();
    }

    /// Sums the cells over all threads.
    pub fn sums(&self) -> HistogramSums {
        let Some(segment) = self.handle.segment(SegmentKind::Histogram, 0) else {
            return HistogramSums {
                sum: 0.0,
                buckets: vec![0],
            };
        };
        let mut sums = vec![0; segment.cells as usize];
        owner::sum(&[segment], &mut sums);
        let sum = f64::from_bits(sums.remove(0));
        HistogramSums { sum, buckets: sums }
    }

    /// What keeps the series.
    pub fn kept(&self) -> &K {
        &self.handle.keep
    }

    /// The series; `None` for a no-op.
    pub fn series(&self) -> Option<&Series> {
        self.handle.keep.series()
    }

    /// True where both record into the same cells.
    pub fn is_same<L: Keep>(&self, other: &HistogramCells<L>) -> bool {
        self.handle.is_same(&other.handle)
    }

    pub(crate) fn plain_offset(&self) -> Option<u32> {
        self.handle.plain_offset()
    }
}

#[inline(always)]
fn total(value: f64, n: u64) -> f64 {
    // A branch the compiler drops for the constant 1 of `observe`.
    if n == 1 { value } else { value * n as f64 }
}

impl Clone for HistogramCells {
    fn clone(&self) -> Self {
        self.keep()
    }
}

impl<K: Keep> fmt::Debug for HistogramCells<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HistogramCells")
            .field("series", &self.handle.keep.series())
            .field("bounds", &self.bounds().upper())
            .finish_non_exhaustive()
    }
}
