//! The one clock: the system's, or one that a test drives.

use std::fmt;
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Where time comes from.
///
/// ```
/// use std::time::Duration;
/// use dynamometer::Clock;
///
/// let clock = Clock::manual(Duration::from_secs(1_700_000_000));
/// let before = clock.now();
/// clock.advance(Duration::from_millis(250));
/// assert_eq!(clock.now() - before, Duration::from_millis(250));
/// ```
#[derive(Clone, Default)]
pub struct Clock {
    manual: Option<Arc<Manual>>,
}

struct Manual {
    start: Duration,
    elapsed_ns: AtomicU64,
}

impl Clock {
    /// The system's clocks: monotonic for durations, wall time for dates.
    pub const fn system() -> Self {
        Self { manual: None }
    }

    /// A clock that stands still at `unix_time` until it is advanced.
    pub fn manual(unix_time: Duration) -> Self {
        let manual = Manual {
            start: unix_time,
            elapsed_ns: AtomicU64::new(0),
        };
        Self {
            manual: Some(Arc::new(manual)),
        }
    }

    /// Moves a manual clock, and all its clones, forward.
    ///
    /// The system's clock moves by itself; this does nothing to it.
    pub fn advance(&self, by: Duration) {
        if let Some(manual) = &self.manual {
            let ns = u64::try_from(by.as_nanos()).unwrap_or(u64::MAX);
            manual.elapsed_ns.fetch_add(ns, Ordering::Relaxed);
        }
    }

    /// Time since some fixed moment, never going back; for durations.
    pub fn now(&self) -> Duration {
        match &self.manual {
            Some(manual) => manual.elapsed(),
            None => monotonic(),
        }
    }

    /// Wall time since the Unix epoch; for dates.
    pub fn unix_time(&self) -> Duration {
        match &self.manual {
            Some(manual) => manual.start + manual.elapsed(),
            None => wall(),
        }
    }
}

impl Manual {
    fn elapsed(&self) -> Duration {
        Duration::from_nanos(self.elapsed_ns.load(Ordering::Relaxed))
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn monotonic() -> Duration {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed()
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn wall() -> Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.manual.is_some() {
            "Clock::manual"
        } else {
            "Clock::system"
        })
    }
}
