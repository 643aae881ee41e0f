//! A stretch of one thread's time.

use crate::clock::Stopwatch;
use crate::procfs;

/// The share of its time that a thread may wait for a core, where there are
/// cores enough. Above it another process had the core: two threads that take
/// turns on one core do not contend, so the number means something else.
const TOLERATED_WAIT: f64 = 0.05;

/// A stretch of the calling thread's time that has begun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    watch: Stopwatch,
    waited_before: Option<u64>,
}

/// What a thread spent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spent {
    /// Nanoseconds of wall time.
    pub(crate) nanos: f64,
    /// Those of them in which the thread could run and had no core; 0 where the
    /// kernel does not tell.
    pub(crate) waited: f64,
}

impl Span {
    /// Begins now.
    pub(crate) fn start() -> Self {
        let waited_before = procfs::waited_nanos();
        Self {
            watch: Stopwatch::start(),
            waited_before,
        }
    }

    /// Ends now, on the thread that began it.
    pub(crate) fn end(self) -> Spent {
        let nanos = self.watch.nanos();
        let waited = procfs::waited_nanos()
            .zip(self.waited_before)
            .map_or(0.0, |(after, before)| (after - before) as f64);
        Spent { nanos, waited }
    }
}

impl Spent {
    /// Returns the nanoseconds in which the thread had a core or wanted none.
    pub(crate) fn busy_nanos(self) -> f64 {
        self.nanos - self.waited
    }

    /// Returns whether other processes took the core, given one for each thread.
    pub(crate) fn is_disturbed(self) -> bool {
        self.waited > TOLERATED_WAIT * self.nanos
    }
}
