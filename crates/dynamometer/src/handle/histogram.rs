//! A distribution over fixed buckets.

use std::fmt;
use std::sync::Arc;

use dynamometer_cells::{Bounds, HistogramCells, Keep, Kept, Options};
use dynamometer_exposition::HistogramValue;

use crate::clock::Clock;
use crate::handle::timer::Timer;
use crate::self_metrics::{Dropped, count_dropped};
use crate::traits::MetricHistogram;

/// Observations, `f64`, counted in buckets with fixed upper bounds.
///
/// NaN is dropped and counted in `dynamometer_dropped_samples_total`.
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
pub struct Histogram<K: Keep = Kept> {
    pub(crate) cells: HistogramCells<K>,
    pub(crate) clock: K::Link<Clock>,
}

impl Histogram {
    /// A histogram that is in no container: it counts, and nobody sees it.
    pub fn detached() -> Self {
        let bounds = Bounds::new(crate::DEFAULT_BUCKETS).unwrap_or_else(|_| Bounds::none());
        let cells = HistogramCells::new(Arc::new(bounds), Options::default());
        Self {
            cells: cells.unwrap_or_else(|_| HistogramCells::noop()),
            clock: Arc::new(Clock::system()),
        }
    }

    /// A histogram that counts nothing.
    pub fn noop() -> Self {
        Self {
            cells: HistogramCells::noop(),
            clock: Arc::new(Clock::system()),
        }
    }
}

impl<K: Keep> Histogram<K> {
    /// The same series, to be held for as long as one likes.
    ///
    /// A handle from a look-up is for a record or two; this one takes a share in
    /// its series.
    pub fn keep(&self) -> Histogram {
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
        if value.is_nan() {
            count_dropped(Dropped::NotANumber);
        } else {
            self.cells.observe(value, n);
        }
    }

    /// Starts a timer that observes its age in seconds when it is dropped.
    pub fn start_timer(&self) -> Timer {
        Timer::new(self.keep())
    }

    /// Runs `work` and observes how many seconds it took.
    pub fn time<T>(&self, work: impl FnOnce() -> T) -> T {
        let _timer = self.start_timer();
        work()
    }

    /// Sums the cells of all threads; cold.
    pub fn get_value(&self) -> HistogramValue {
        let sums = self.cells.sums();
        HistogramValue::new(self.cells.bounds().upper().into(), sums.buckets, sums.sum)
    }
}

impl Clone for Histogram {
    fn clone(&self) -> Self {
        self.keep()
    }
}

impl<K: Keep> fmt::Debug for Histogram<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Histogram").field(&self.cells).finish()
    }
}

impl<K: Keep> MetricHistogram for Histogram<K> {
    fn observe(&self, value: f64) {
        self.observe_n(value, 1);
    }

    fn observe_n(&self, value: f64, n: u64) {
        Self::observe_n(self, value, n);
    }

    fn get_value(&self) -> HistogramValue {
        Self::get_value(self)
    }
}
