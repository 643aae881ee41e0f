//! An amount that grows.

use dynamometer_cells::{FloatCell, Options};

use crate::self_metrics::{Dropped, count_dropped};

/// An amount, `f64`, that only grows: seconds spent, joules used.
///
/// Negative and NaN amounts are dropped and counted in
/// `dynamometer_dropped_samples_total`.
///
/// ```
/// # let container = dynamometer::Container::new("app");
/// let busy = container.float_counter("busy_seconds_total").help("Time spent working.").build();
/// busy.inc_by(0.25);
/// busy.inc_by(-1.0);
/// assert_eq!(busy.get_value(), 0.25);
/// ```
///
/// # Cost
///
/// An unlocked load, add and store of memory that no other thread writes. Adds
/// to one counter wait for each other: about 3 ns in a tight loop.
#[derive(Clone, Debug)]
pub struct FloatCounter(pub(crate) FloatCell);

impl FloatCounter {
    /// A counter that is in no container: it counts, and nobody sees it.
    pub fn detached() -> Self {
        Self(FloatCell::new(Options::default()).unwrap_or(FloatCell::NOOP))
    }

    /// A counter that counts nothing and reads 0.
    pub const fn noop() -> Self {
        Self(FloatCell::NOOP)
    }

    /// Adds one.
    #[inline(always)]
    pub fn inc(&self) {
        self.0.add(1.0);
    }

    /// Adds `n`, unless it is negative or NaN.
    #[inline(always)]
    pub fn inc_by(&self, n: f64) {
        if n >= 0.0 {
            self.0.add(n);
        } else {
            count_dropped(if n.is_nan() {
                Dropped::NotANumber
            } else {
                Dropped::Negative
            });
        }
    }

    /// Sums the cells of all threads; cold.
    pub fn get_value(&self) -> f64 {
        self.0.value()
    }
}
