//! A distribution over buckets, explicit or exponential.

use std::fmt;
use std::sync::Arc;

use crate::cell::bounds::Bounds;
use crate::cell::buckets::Buckets;
use crate::cell::exponents::ExponentialBuckets;
use crate::cell::handle::Handle;
use crate::keep::{Keep, Kept};
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
pub struct HistogramCells<K: Keep = Kept, B: Buckets = Bounds> {
    pub(crate) handle: Handle<K>,
    /// Held with the cells: an index from other buckets could lie outside them.
    buckets: K::Link<B>,
}

/// The cells of a histogram with exponential buckets.
pub type ExponentialCells<K = Kept> = HistogramCells<K, ExponentialBuckets>;

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
            buckets: Arc::new(Bounds::none()),
        }
    }

    /// Writes to bucket `bucket`, an index from this histogram's own buckets.
    #[inline(always)]
    pub(crate) fn write(cells: OwnCells, bucket: usize, value: f64, n: u64) {
        observe_alone(|index| cells.cell(index), bucket, total(value, n), n);
    }
}

impl<B: Buckets> HistogramCells<Kept, B> {
    /// Takes the cells of a new series with these buckets.
    ///
    /// # Errors
    ///
    /// [`Full`] where the process has no offsets left.
    pub fn new(buckets: Arc<B>, options: Options) -> Result<Self, Full> {
        Ok(Self {
            handle: Handle::new(buckets.count() + 1, options)?,
            buckets,
        })
    }
}

impl<K: Keep, B: Buckets> HistogramCells<K, B> {
    /// A handle on an existing series with these buckets, which records nowhere
    /// where the series is too small for them.
    #[inline]
    pub fn on(keep: K, buckets: K::Link<B>) -> Self {
        let cells = K::of(&buckets).count() as u32 + 1;
        Self {
            handle: Handle::on(keep, cells),
            buckets,
        }
    }

    /// The same cells, for as long as one likes.
    #[must_use]
    pub fn keep(&self) -> HistogramCells<Kept, B> {
        HistogramCells {
            handle: self.handle.keep(),
            buckets: K::own(&self.buckets),
        }
    }

    /// The same cells, recorded by atomic adds; for code on stackful fibres.
    #[must_use]
    pub fn shared(&self) -> HistogramCells<Kept, B> {
        HistogramCells {
            handle: self.handle.shared(),
            buckets: K::own(&self.buckets),
        }
    }

    /// The buckets.
    #[inline]
    pub fn buckets(&self) -> &B {
        K::of(&self.buckets)
    }

    /// Records `n` observations of `value`.
    ///
    /// The caller keeps NaN out; one NaN makes the sum NaN.
    #[inline(always)]
    pub fn observe(&self, value: f64, n: u64) {
        let bucket = self.buckets().index_of(value);
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
        let buckets = &buckets[..buckets.len().min(self.buckets().count())];
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
        let Some(series) = self.handle.keep.series() else {
            return HistogramSums {
                sum: 0.0,
                buckets: vec![0],
            };
        };
        let mut sums = vec![0; series.cells() as usize];
        series.sum(SegmentKind::Histogram, &mut sums);
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
    pub fn is_same<L: Keep>(&self, other: &HistogramCells<L, B>) -> bool {
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

impl<B: Buckets> Clone for HistogramCells<Kept, B> {
    fn clone(&self) -> Self {
        self.keep()
    }
}

impl<K: Keep, B: Buckets> fmt::Debug for HistogramCells<K, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HistogramCells")
            .field("series", &self.handle.keep.series())
            .field("buckets", self.buckets())
            .finish_non_exhaustive()
    }
}
