//! A duration that ends in a histogram.

use std::time::Duration;

use crate::handle::Histogram;

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
pub struct Timer {
    histogram: Histogram,
    started: Duration,
    is_armed: bool,
}

impl Timer {
    pub(crate) fn new(histogram: Histogram) -> Self {
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

impl Drop for Timer {
    fn drop(&mut self) {
        if self.is_armed {
            self.histogram.observe(self.elapsed().as_secs_f64());
        }
    }
}
