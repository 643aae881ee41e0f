//! An amount that grows.

use dynamometer_cells::{FloatCell, Keep, Kept};

use crate::clock::Clock;
use crate::handle::detached;
use crate::registry::{Instrument, Layout};
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
pub struct FloatCounter<K: Keep = Kept>(pub(crate) FloatCell<K>);

impl FloatCounter {
    /// A counter that is in no container: it counts, and nobody sees it.
    pub fn detached() -> Self {
        Self(FloatCell::on(detached(
            Instrument::FloatCounter,
            &Layout::Plain,
        )))
    }

    /// A counter that counts nothing and reads 0.
    pub const fn noop() -> Self {
        Self(FloatCell::NOOP)
    }
}

impl<K: Keep> FloatCounter<K> {
    /// The same series, to be held for as long as one likes.
    ///
    /// A handle from a look-up is for a record or two; this one takes a share in
    /// its series.
    pub fn keep(&self) -> FloatCounter {
        FloatCounter(self.0.keep())
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

    /// Makes the value `total`, for whoever mirrors a counter kept elsewhere.
    ///
    /// Where it falls, the counter elsewhere began anew, and so does this one:
    /// its start time is now, by the system's clock. NaN and negative totals are
    /// dropped and counted. For one caller at a time; what others record meanwhile
    /// is added on top, or lost in it. Exact to rounding where amounts were added
    /// by [`inc_by`](Self::inc_by) too.
    ///
    /// # Cost
    ///
    /// A cold read and a store.
    pub fn set_total(&self, total: f64) {
        if total.is_nan() || total < 0.0 {
            count_dropped(if total.is_nan() {
                Dropped::NotANumber
            } else {
                Dropped::Negative
            });
            return;
        }
        if !self.0.set_total(total)
            && let Some(series) = self.0.series()
        {
            series.set_restarted(Clock::system().unix_time().as_secs_f64());
        }
    }

    /// Sums the cells of all threads; cold.
    pub fn get_value(&self) -> f64 {
        self.0.value()
    }
}
