//! The only place of this crate that reads a clock or waits for one.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark measures real time: a clock that tests drive has nothing to tell it"
)]

use std::time::{Duration, Instant};

/// A running measurement of wall time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Returns a stopwatch that starts now.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Returns the nanoseconds since the start.
    pub(crate) fn nanos(self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1e9
    }
}

/// Lets time pass while something else is observed.
pub(crate) fn pause(time: Duration) {
    std::thread::sleep(time);
}
