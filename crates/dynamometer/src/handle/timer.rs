//! A duration that ends in a histogram.

use std::time::Duration;

use dynamometer_cells::{Bounds, Kept};

use crate::handle::Histogram;
use crate::handle::distribution::Distribution;

/// Observes its age, in seconds, in a [`Histogram`] when it is dropped.
///
/// ```
/// # let container = dynamometer::Container::new("app");
/// # let latency = container.histogram("latency_seconds").build();
/// {
///     let _timer = latency.start_timer();
///     // ... work ...
/// }
/// let abandoned = latency.start_timer();
/// abandoned.discard();
/// assert_eq!(latency.get_value().count(), 1);
/// ```
#[derive(Debug)]
#[must_use = "the timer observes when it is dropped"]
pub struct Timer<B: Distribution = Bounds> {
    histogram: Histogram<Kept, B>,
    started: Duration,
    is_armed: bool,
}

impl<B: Distribution> Timer<B> {
    pub(crate) fn new(histogram: Histogram<Kept, B>) -> Self {
        let started = histogram.clock.now();
        Self {
            histogram,
            started,
            is_armed: true,
        }
    }

    /// The time since the timer was started.
    pub fn elapsed(&self) -> Duration {
        self.histogram.clock.now().saturating_sub(self.started)
    }

    /// Observes now, and returns the duration observed.
    pub fn stop(mut self) -> Duration {
        self.is_armed = false;
        let elapsed = self.elapsed();
        self.histogram.observe(elapsed.as_secs_f64());
        elapsed
    }

    /// Ends the timer without observing.
    pub fn discard(mut self) {
        self.is_armed = false;
    }
}

impl<B: Distribution> Drop for Timer<B> {
    fn drop(&mut self) {
        if self.is_armed {
            self.histogram.observe(self.elapsed().as_secs_f64());
        }
    }
}
