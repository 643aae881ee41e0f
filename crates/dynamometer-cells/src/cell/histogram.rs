//! A distribution over fixed buckets.

use std::sync::Arc;

use crate::cell::bounds::Bounds;
use crate::cell::counter::plain_offset;
use crate::cell::handle::Handle;
use crate::owner;
use crate::range::{Full, Options};
use crate::record::{observe_alone, observe_among_others};
use crate::segment::SegmentKind;
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
#[derive(Clone, Debug)]
pub struct HistogramCells {
    pub(crate) handle: Handle,
    /// Held with the cells: an index from other bounds could lie outside them.
    bounds: Arc<Bounds>,
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
        let cells = u32::try_from(bounds.buckets() + 1).map_err(|_| Full)?;
        Ok(Self {
            handle: Handle::new(cells, options)?,
            bounds,
        })
    }

    /// The same cells, recorded by atomic adds; for code on stackful fibres.
    #[must_use]
    pub fn shared(&self) -> Self {
        Self {
            handle: self.handle.shared(),
            bounds: Arc::clone(&self.bounds),
        }
    }

    /// The bounds of the buckets.
    pub fn bounds(&self) -> &Arc<Bounds> {
        &self.bounds
    }

    /// Records `n` observations of `value`.
    ///
    /// The caller keeps NaN out; one NaN makes the sum NaN.
    #[inline(always)]
    pub fn observe(&self, value: f64, n: u64) {
        let bucket = self.bounds.index_of(value);
        match own_cells(self.handle.offset) {
            Some(cells) => Self::write(cells, bucket, value, n),
            None => self.observe_cold(bucket, value, n),
        }
    }

    /// Writes to bucket `bucket`, an index from this histogram's own bounds.
    #[inline(always)]
    pub(crate) fn write(cells: OwnCells, bucket: usize, value: f64, n: u64) {
        observe_alone(|index| cells.cell(index), bucket, total(value, n), n);
    }

    #[cold]
    #[inline(never)]
    fn observe_cold(&self, bucket: usize, value: f64, n: u64) {
        match route(self.handle.offset) {
            Route::Own(cells) => Self::write(cells, bucket, value, n),
            Route::Shared(cells) => {
                observe_among_others(|index| cells.cell(index), bucket, total(value, n), n);
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

    /// True where both record into the same cells.
    pub fn is_same(&self, other: &Self) -> bool {
        self.handle.is_same(&other.handle)
    }

    pub(crate) fn plain_offset(&self) -> Option<u32> {
        plain_offset(&self.handle)
    }
}

#[inline(always)]
fn total(value: f64, n: u64) -> f64 {
    // A branch the compiler drops for the constant 1 of `observe`.
    if n == 1 { value } else { value * n as f64 }
}
