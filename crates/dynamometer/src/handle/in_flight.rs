//! One thing in flight, counted while it lives.

use crate::handle::UpDownCounter;

/// Counts one in an [`UpDownCounter`] from creation to drop.
#[derive(Debug)]
#[must_use = "the count falls again when the guard is dropped"]
pub struct InFlight {
    counter: UpDownCounter,
}

impl InFlight {
    pub(crate) fn new(counter: UpDownCounter) -> Self {
        counter.inc();
        Self { counter }
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.counter.dec();
    }
}
