//! A count of things that happened.

use dynamometer_cells::{CounterCell, Options};

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
pub struct Counter(pub(crate) CounterCell);

impl Counter {
    /// A counter that is in no container: it counts, and nobody sees it.
    pub fn detached() -> Self {
        Self(CounterCell::new(Options::default()).unwrap_or(CounterCell::NOOP))
    }

    /// A counter that counts nothing and reads 0.
    pub const fn noop() -> Self {
        Self(CounterCell::NOOP)
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

    /// Sums the cells of all threads.
    ///
    /// # Cost
    ///
    /// A cold read: one cell per thread that ever recorded.
    pub fn get_value(&self) -> u64 {
        self.0.value()
    }
}

impl MetricCounter for Counter {
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
