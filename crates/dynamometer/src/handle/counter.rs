//! A count of things that happened.

use dynamometer_cells::{CounterCell, Keep, Kept};

use crate::clock::Clock;
use crate::handle::{detached, exemplar};
use crate::registry::{Instrument, Layout};
use crate::traits::MetricCounter;

/// A number of things, `u64`, that only grows.
///
/// Clones record into the same series. The series stays in its container when
/// all handles are dropped.
///
/// ```
/// # let container = dynamometer::Container::new("app");
/// let requests = container.counter("requests_total").help("Requests handled.").build();
/// requests.inc();
/// requests.inc_by(5);
/// assert_eq!(requests.get_value(), 6);
/// ```
///
/// # Cost
///
/// One unlocked add to memory that no other thread writes: under a nanosecond,
/// with any number of threads.
#[derive(Clone, Debug)]
pub struct Counter<K: Keep = Kept>(pub(crate) CounterCell<K>);

impl Counter {
    /// A counter that is in no container: it counts, and nobody sees it.
    pub fn detached() -> Self {
        Self(CounterCell::on(detached(
            Instrument::Counter,
            &Layout::Plain,
        )))
    }

    /// A counter that counts nothing and reads 0.
    pub const fn noop() -> Self {
        Self(CounterCell::NOOP)
    }
}

impl<K: Keep> Counter<K> {
    /// The same series, to be held for as long as one likes.
    ///
    /// A handle from a look-up is for a record or two; this one takes a share in
    /// its series.
    pub fn keep(&self) -> Counter {
        Counter(self.0.keep())
    }

    /// Adds one.
    #[inline(always)]
    pub fn inc(&self) {
        self.0.inc_by(1);
    }

    /// Adds `n`.
    #[inline(always)]
    pub fn inc_by(&self, n: u64) {
        self.0.inc_by(n);
    }

    /// Adds `n`, and keeps it as an example with labels that lead to its cause,
    /// such as a trace id.
    ///
    /// As [`Histogram::observe_with_exemplar`](crate::Histogram::observe_with_exemplar);
    /// a counter keeps the last example.
    pub fn inc_by_with_exemplar(&self, n: u64, labels: &[(&str, &str)]) {
        self.inc_by(n);
        if let Some(series) = self.0.series() {
            exemplar::put(series, 0, labels, n as f64, &Clock::system());
        }
    }

    /// Makes the value `total`, for whoever mirrors a counter kept elsewhere.
    ///
    /// Where it falls, the counter elsewhere began anew, and so does this one:
    /// its start time is now, by the system's clock. For one caller at a time; what others record
    /// meanwhile is added on top, or lost in it.
    ///
    /// # Cost
    ///
    /// A cold read and a store.
    pub fn set_total(&self, total: u64) {
        if !self.0.set_total(total)
            && let Some(series) = self.0.series()
        {
            series.set_restarted(Clock::system().unix_time().as_secs_f64());
        }
    }

    /// Sums the cells of all threads.
    ///
    /// # Cost
    ///
    /// A cold read: one cell per thread that ever recorded.
    pub fn get_value(&self) -> u64 {
        self.0.value()
    }
}

impl<K: Keep> MetricCounter for Counter<K> {
    fn inc(&self) {
        self.0.inc_by(1);
    }

    fn inc_by(&self, n: u64) {
        self.0.inc_by(n);
    }

    fn get_value(&self) -> u64 {
        self.0.value()
    }
}
