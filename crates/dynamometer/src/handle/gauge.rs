//! A value that is set.

use dynamometer_cells::{GaugeCell, Keep, Kept};

use crate::handle::detached;
use crate::registry::{Instrument, Layout};
use crate::traits::MetricGauge;

/// A measurement, `f64`, that may go up and down. NaN is kept.
///
/// The last `set` wins, whichever thread it comes from.
///
/// ```
/// # let container = dynamometer::Container::new("app");
/// let queue = container.gauge("queue_length").help("Entries waiting.").build();
/// queue.set(3.0);
/// queue.inc(0.5);
/// assert_eq!(queue.get_value(), 3.5);
/// ```
///
/// # Cost
///
/// `set` is one relaxed store, `inc` and `dec` an atomic compare-and-swap. For a
/// count of things that come and go an [`UpDownCounter`](crate::UpDownCounter)
/// is cheaper.
#[derive(Clone, Debug)]
pub struct Gauge<K: Keep = Kept>(pub(crate) GaugeCell<K>);

impl Gauge {
    /// A gauge that is in no container: it can be set, and nobody sees it.
    pub fn detached() -> Self {
        Self(GaugeCell::on(detached(Instrument::Gauge, &Layout::Plain)))
    }

    /// A gauge that keeps nothing and reads 0.
    pub const fn noop() -> Self {
        Self(GaugeCell::NOOP)
    }
}

impl<K: Keep> Gauge<K> {
    /// The same series, to be held for as long as one likes.
    ///
    /// A handle from a look-up is for a record or two; this one takes a share in
    /// its series.
    pub fn keep(&self) -> Gauge {
        Gauge(self.0.keep())
    }

    /// Sets the value.
    #[inline(always)]
    pub fn set(&self, value: f64) {
        self.0.set(value);
    }

    /// Adds `by`.
    #[inline]
    pub fn inc(&self, by: f64) {
        self.0.add(by);
    }

    /// Takes `by` away.
    #[inline]
    pub fn dec(&self, by: f64) {
        self.0.add(-by);
    }

    /// Reads the value.
    pub fn get_value(&self) -> f64 {
        self.0.value()
    }
}

impl<K: Keep> MetricGauge for Gauge<K> {
    fn set(&self, value: f64) {
        self.0.set(value);
    }

    fn inc(&self, by: f64) {
        self.0.add(by);
    }

    fn dec(&self, by: f64) {
        self.0.add(-by);
    }

    fn get_value(&self) -> f64 {
        self.0.value()
    }
}
