//! Traffic: threads that make requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::component::{Component, Request};

/// One request in so many is refused.
const REFUSED: u64 = 20;

/// Threads that make requests until told to stop, or until enough are made.
pub(crate) struct Traffic {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

/// How a request's time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// As it would: the threads wait.
    Real,
    /// Not at all: for a run that only counts.
    Instant,
}

impl Traffic {
    /// Starts `threads` threads that make `requests` requests, or endless ones.
    pub(crate) fn start(
        component: &Arc<Component>,
        threads: u16,
        requests: Option<u64>,
        pace: Pace,
    ) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let made = Arc::new(AtomicU64::new(0));
        let run = || {
            let (component, stop, made) =
                (Arc::clone(component), Arc::clone(&stop), Arc::clone(&made));
            thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let number = made.fetch_add(1, Ordering::Relaxed);
                    if requests.is_some_and(|requests| number >= requests) {
                        break;
                    }
                    component.handle(request(number), |seconds| wait(pace, seconds));
                }
            })
        };
        let threads = (0..threads).map(|_| run()).collect();
        Self { stop, threads }
    }

    /// Waits for threads that have a number of requests to make.
    pub(crate) fn finish(self) {
        for thread in self.threads {
            let _ = thread.join();
        }
    }

    /// Stops the threads and waits for them.
    pub(crate) fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        self.finish();
    }
}

/// The request with this number: the same in every run.
fn request(number: u64) -> Request {
    // SplitMix64's finaliser: well spread, and needs no state.
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let share = (bits >> 11) as f64 / (1_u64 << 53) as f64;
    Request {
        // Between 2 ms and 400 ms, short ones more often.
        seconds: 0.002 * 200_f64.powf(share * share),
        is_valid: !number.is_multiple_of(REFUSED),
        cache_usage: 0.5 + 0.4 * (number as f64 / 100.0).sin(),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the waiting stands for the work of a request"
)]
fn wait(pace: Pace, seconds: f64) {
    if pace == Pace::Real {
        thread::sleep(Duration::from_secs_f64(seconds));
    }
}
