//! A count that rises and falls.

use dynamometer_cells::{Keep, Kept, UpDownCells};

use crate::handle::detached;
use crate::handle::in_flight::InFlight;
use crate::registry::{Instrument, Layout};

/// A number of things, `i64`, that come and go: requests in flight, open files.
///
/// As cheap as a [`Counter`](crate::Counter), where a gauge's `add` is not. It
/// never reads below what was true at some moment of the read, even where things
/// come on one thread and go on another. Where several are read together and one
/// was declared before another, the earlier is the outer: with every thing
/// entering the outer first and leaving it last, `0 <= inner <= outer` holds on
/// every page.
///
/// ```
/// # let container = dynamometer::Container::new("app");
/// let inflight = container.up_down_counter("inflight_requests").help("Requests now.").build();
/// let request = inflight.in_flight();
/// assert_eq!(inflight.get_value(), 1);
/// drop(request);
/// assert_eq!(inflight.get_value(), 0);
/// ```
#[derive(Clone, Debug)]
pub struct UpDownCounter<K: Keep = Kept>(pub(crate) UpDownCells<K>);

impl UpDownCounter {
    /// A counter that is in no container: it counts, and nobody sees it.
    pub fn detached() -> Self {
        Self(UpDownCells::on(detached(
            Instrument::UpDownCounter,
            &Layout::Plain,
        )))
    }

    /// A counter that counts nothing and reads 0.
    pub const fn noop() -> Self {
        Self(UpDownCells::NOOP)
    }
}

impl<K: Keep> UpDownCounter<K> {
    /// The same series, to be held for as long as one likes.
    ///
    /// A handle from a look-up is for a record or two; this one takes a share in
    /// its series.
    pub fn keep(&self) -> UpDownCounter {
        UpDownCounter(self.0.keep())
    }

    /// Adds one.
    #[inline(always)]
    pub fn inc(&self) {
        self.0.add(1);
    }

    /// Takes one away.
    #[inline(always)]
    pub fn dec(&self) {
        self.0.add(-1);
    }

    /// Adds `n`, which may be negative.
    #[inline(always)]
    pub fn add(&self, n: i64) {
        self.0.add(n);
    }

    /// Counts one thing until the guard is dropped.
    ///
    /// The guard owns its handle, and may be sent to another thread or task.
    pub fn in_flight(&self) -> InFlight {
        InFlight::new(self.keep())
    }

    /// Sums the cells of all threads; cold.
    pub fn get_value(&self) -> i64 {
        self.0.value()
    }
}
