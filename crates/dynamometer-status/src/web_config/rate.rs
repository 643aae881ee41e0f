//! How many requests may come.

use std::cell::Cell;
use std::time::Duration;

use tokio::time::Instant;

use crate::web_config::document::RateLimit;
use crate::web_config::duration;
use crate::web_config::fault::Fault;

/// One request an interval, and a burst of them after a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    interval: Duration,
    burst: u32,
}

impl Rate {
    /// The rate that a config sets; `None` where it sets none.
    pub(super) fn of(limit: &RateLimit) -> Result<Option<Self>, Fault> {
        let Some(text) = &limit.interval else {
            return Ok(None);
        };
        let Some(interval) = duration::parse(&text.value) else {
            let message = "`rate_limit.interval` is no duration; write it as `100ms` or `1s`, or `0` for no limit";
            return Err(Fault::at(text, message));
        };
        let burst = limit.burst.unwrap_or(0);
        if interval.is_zero() {
            return Ok(None);
        }
        if burst == 0 {
            let message =
                "`rate_limit.burst` is 0, which lets no request through; set it to 1 or more";
            return Err(Fault::at(text, message));
        }
        Ok(Some(Self { interval, burst }))
    }
}

/// What is left of the burst.
#[derive(Debug, Default)]
pub(super) struct Bucket {
    /// When it is full again; in the past where it is.
    full_at: Cell<Option<Instant>>,
}

impl Bucket {
    /// Takes one request out; where there is none, returns how long to wait.
    pub(super) fn take(&self, rate: Rate) -> Result<(), Duration> {
        let now = Instant::now();
        let full_at = self.full_at.get().map_or(now, |full_at| full_at.max(now));
        let missing = full_at - now;
        let most = rate.interval.saturating_mul(rate.burst - 1);
        if let Some(wait) = missing.checked_sub(most).filter(|wait| !wait.is_zero()) {
            return Err(wait);
        }
        self.full_at.set(Some(full_at + rate.interval));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_burst_is_let_through_then_one_an_interval() {
        let rate = Rate {
            interval: Duration::from_secs(1),
            burst: 3,
        };
        let bucket = Bucket::default();
        for _ in 0..3 {
            assert_eq!(bucket.take(rate), Ok(()));
        }
        assert_eq!(bucket.take(rate), Err(Duration::from_secs(1)));
        advance(Duration::from_secs(1)).await;
        assert_eq!(bucket.take(rate), Ok(()));
        assert_eq!(bucket.take(rate), Err(Duration::from_secs(1)));
        advance(Duration::from_mins(10)).await;
        for _ in 0..3 {
            assert_eq!(bucket.take(rate), Ok(()));
        }
        assert!(bucket.take(rate).is_err());
    }
}
