//! A distribution over buckets, explicit or exponential.

use std::fmt;
use std::sync::Arc;

use dynamometer_cells::{Bounds, ExponentialBuckets, HistogramCells, Keep, Kept};
use dynamometer_exposition::HistogramValue;

use crate::clock::Clock;
use crate::handle::distribution::Distribution;
use crate::handle::exemplar;
use crate::handle::kind::Made as _;
use crate::handle::local::LocalHistogram;
use crate::handle::timer::Timer;
use crate::self_metrics::count_dropped;
use crate::traits::MetricHistogram;

/// Observations, `f64`, counted in buckets.
///
/// A `Histogram` has fixed upper bounds; with [`ExponentialBuckets`] it is an
/// [`ExponentialHistogram`], whose buckets need not be chosen. NaN is dropped and
/// counted in `dynamometer_dropped_samples_total`.
///
/// ```
/// # let container = dynamometer::Container::new("app");
/// let latency = container
///     .histogram("latency_seconds")
///     .help("Time to answer.")
///     .buckets(&[0.01, 0.1, 1.0])
///     .build();
/// latency.observe(0.05);
/// latency.observe_n(0.5, 3);
/// let value = latency.get_value();
/// assert_eq!((value.count(), value.counts()), (4, &[0, 1, 3, 0][..]));
/// ```
///
/// # Cost
///
/// Two unlocked adds, one table look-up and one comparison: about 3 ns. The
/// number of buckets does not matter.
pub struct Histogram<K: Keep = Kept, B: Distribution = Bounds> {
    pub(crate) cells: HistogramCells<K, B>,
    pub(crate) clock: K::Link<Clock>,
}

/// Observations, `f64`, counted in buckets that grow with the value.
///
/// The native histogram of Prometheus, the exponential one of `OpenTelemetry`:
/// each bucket is wider than the one before by a constant factor, 1.09 where
/// nobody says otherwise, so that a quantile is right within 5 % from nanoseconds
/// to centuries. Values up to 2⁻³⁰ count as zero. Negative values are dropped and
/// counted, unless the layout is signed.
///
/// Readers get at most 160 buckets: where more are filled, each two become one,
/// until they fit. In Prometheus text, which has no exponential buckets, they
/// become one bucket for each doubling.
///
/// ```
/// # let container = dynamometer::Container::new("app");
/// let latency = container
///     .exponential_histogram("latency_seconds")
///     .help("Time to answer.")
///     .build();
/// for milliseconds in 1..=1000 {
///     latency.observe(f64::from(milliseconds) / 1000.0);
/// }
/// let median = latency.get_value().quantile(0.5).unwrap();
/// assert!((median - 0.5).abs() < 0.025);
/// ```
///
/// # Cost
///
/// As for explicit buckets. A series takes 515 cells of address space for each
/// thread, of which those that are touched take memory, by pages of 4 KiB.
pub type ExponentialHistogram<K = Kept> = Histogram<K, ExponentialBuckets>;

impl Histogram {
    /// A histogram that is in no container: it counts, and nobody sees it.
    pub fn detached() -> Self {
        Self::unregistered()
    }

    /// A histogram that counts nothing.
    pub fn noop() -> Self {
        Self {
            cells: HistogramCells::noop(),
            clock: Arc::new(Clock::system()),
        }
    }
}

/// The buckets of a histogram that names none.
pub(crate) fn default_bounds() -> Arc<Bounds> {
    Arc::new(Bounds::new(crate::DEFAULT_BUCKETS).unwrap_or_else(|_| Bounds::none()))
}

impl<K: Keep, B: Distribution> Histogram<K, B> {
    /// The same series, to be held for as long as one likes.
    ///
    /// A handle from a look-up is for a record or two; this one takes a share in
    /// its series.
    pub fn keep(&self) -> Histogram<Kept, B> {
        Histogram {
            cells: self.cells.keep(),
            clock: K::own(&self.clock),
        }
    }

    /// Counts `value`.
    #[inline(always)]
    pub fn observe(&self, value: f64) {
        self.observe_n(value, 1);
    }

    /// Counts `value` `n` times, at the cost of once.
    #[inline(always)]
    pub fn observe_n(&self, value: f64, n: u64) {
        // Infinity times nothing is NaN, and would be added to the sum.
        if n == 0 {
            return;
        }
        if self.cells.buckets().admits(value) {
            self.cells.observe(value, n);
        } else {
            count_dropped(B::why_dropped(value));
        }
    }

    /// Counts `value`, and keeps it as an example with labels that lead to its
    /// cause, such as a trace id.
    ///
    /// For families that are declared with
    /// [`exemplars`](crate::Builder::exemplars). The last example of each bucket
    /// is kept; one that comes while another is written, or whose names and
    /// values are longer than 128 bytes, is dropped and counted. The value always
    /// counts.
    ///
    /// # Cost
    ///
    /// About 40 ns more than [`observe`](Self::observe).
    pub fn observe_with_exemplar(&self, value: f64, labels: &[(&str, &str)]) {
        self.observe(value);
        let buckets = self.cells.buckets();
        if let Some(series) = self.cells.series()
            && buckets.admits(value)
        {
            let at = buckets.index_of(value);
            exemplar::put(series, at, labels, value, K::of(&self.clock));
        }
    }

    /// Returns a histogram of one thread or task, which is added to this one when
    /// it is dropped.
    pub fn local(&self) -> LocalHistogram<B> {
        LocalHistogram::new(self.keep())
    }

    /// Starts a timer that observes its age in seconds when it is dropped.
    pub fn start_timer(&self) -> Timer<B> {
        Timer::new(self.keep())
    }

    /// Runs `work` and observes how many seconds it took.
    pub fn time<T>(&self, work: impl FnOnce() -> T) -> T {
        let _timer = self.start_timer();
        work()
    }

    /// Sums the cells of all threads; cold.
    pub fn get_value(&self) -> B::Value {
        let sums = self.cells.sums();
        self.cells.buckets().value(sums.sum, &sums.buckets)
    }
}

impl<B: Distribution> Clone for Histogram<Kept, B> {
    fn clone(&self) -> Self {
        self.keep()
    }
}

impl<K: Keep, B: Distribution> fmt::Debug for Histogram<K, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Histogram").field(&self.cells).finish()
    }
}

impl<K: Keep, B: Distribution> MetricHistogram for Histogram<K, B> {
    fn observe(&self, value: f64) {
        self.observe_n(value, 1);
    }

    fn observe_n(&self, value: f64, n: u64) {
        Self::observe_n(self, value, n);
    }

    fn get_value(&self) -> HistogramValue {
        B::explicit(Self::get_value(self))
    }
}
