//! A histogram of one thread or task, added to a shared one at once.

use std::fmt;

use dynamometer_cells::Bounds;

use crate::handle::Histogram;
use crate::handle::distribution::Distribution;
use crate::self_metrics::count_dropped;

/// Observations that are kept aside and added to a [`Histogram`] together.
///
/// For loops that observe often and are read seldom, such as the tokens of one
/// response. What it holds is added when it is dropped, or by
/// [`flush`](Self::flush); readers see nothing of it before.
///
/// ```
/// # let container = dynamometer::Container::new("app");
/// # let gaps = container.histogram("inter_token_latency_seconds").build();
/// let mut local = gaps.local();
/// for _token in 0..100 {
///     local.observe(0.013);
/// }
/// assert_eq!(gaps.get_value().count(), 0);
/// drop(local);
/// assert_eq!(gaps.get_value().count(), 100);
/// ```
///
/// # Cost
///
/// The bucket search, and two adds without any cell. 8 bytes per bucket, on the
/// heap. A flush adds once to each bucket that was hit.
#[must_use = "what it holds is added when it is dropped"]
pub struct LocalHistogram<B: Distribution = Bounds> {
    histogram: Histogram<dynamometer_cells::Kept, B>,
    counts: Box<[u64]>,
    sum: f64,
    /// Something was observed since the last flush.
    is_dirty: bool,
}

impl<B: Distribution> LocalHistogram<B> {
    pub(crate) fn new(histogram: Histogram<dynamometer_cells::Kept, B>) -> Self {
        Self {
            counts: vec![0; histogram.cells.buckets().count()].into(),
            histogram,
            sum: 0.0,
            is_dirty: false,
        }
    }

    /// Counts `value`.
    #[inline]
    pub fn observe(&mut self, value: f64) {
        self.observe_n(value, 1);
    }

    /// Counts `value` `n` times, at the cost of once.
    #[inline]
    pub fn observe_n(&mut self, value: f64, n: u64) {
        if n == 0 {
            return;
        }
        let buckets = self.histogram.cells.buckets();
        if buckets.admits(value) {
            self.counts[buckets.index_of(value)] += n;
            self.sum += if n == 1 { value } else { value * n as f64 };
            self.is_dirty = true;
        } else {
            count_dropped(B::why_dropped(value));
        }
    }

    /// Adds what was observed to the histogram, and begins anew.
    pub fn flush(&mut self) {
        if self.is_dirty {
            self.histogram.cells.add(&self.counts, self.sum);
            self.discard();
        }
    }

    /// Forgets what was observed since the last flush.
    pub fn discard(&mut self) {
        self.counts.fill(0);
        self.sum = 0.0;
        self.is_dirty = false;
    }
}

impl<B: Distribution> Drop for LocalHistogram<B> {
    fn drop(&mut self) {
        self.flush();
    }
}

impl<B: Distribution> fmt::Debug for LocalHistogram<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalHistogram")
            .field("count", &self.counts.iter().sum::<u64>())
            .field("sum", &self.sum)
            .finish_non_exhaustive()
    }
}
