//! What is told about one source: its self-metrics, and what is logged.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use dynamometer_cells::ForkLock;
use dynamometer_exposition::{Conflict, Invalid};

use crate::handle::Gauge;
use crate::self_metrics::{self, Dropped};
use crate::source::error::SourceError;

/// Clashes of one source that are logged; further ones are only counted.
const MOST_LOGGED: usize = 100;

/// The self-metrics of one source, and what was logged of it.
#[derive(Debug)]
pub(super) struct Journal {
    name: String,
    up: Gauge,
    duration: Gauge,
    is_down: AtomicBool,
    /// Clashes that were logged.
    logged: ForkLock<BTreeSet<String>>,
}

impl Journal {
    pub(super) fn new(name: &str) -> Self {
        let (up, duration) = self_metrics::source_gauges(name);
        Self {
            name: name.to_owned(),
            up,
            duration,
            is_down: AtomicBool::new(false),
            logged: ForkLock::new(BTreeSet::new()),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Takes its metrics off the page.
    pub(super) fn end(&self) {
        self_metrics::remove_source_gauges(&self.name);
    }

    /// Sets whether it is up, and how long its last read took or takes by now;
    /// true where that is to be logged: it went down, or came up again.
    ///
    /// For one read after the other: under the lock of its phase.
    pub(super) fn set(&self, is_up: bool, duration: Duration) -> bool {
        self.up.set(f64::from(u8::from(is_up)));
        self.duration.set(duration.as_secs_f64());
        self.is_down.swap(!is_up, Ordering::Relaxed) == is_up
    }

    /// Sets how long a read took that ended too late.
    pub(super) fn set_late(&self, duration: Duration) {
        self.duration.set(duration.as_secs_f64());
    }

    pub(super) fn log_up(&self) {
        log::info!("source {:?} is up again", self.name);
    }

    pub(super) fn log_down(&self, error: &SourceError) {
        log::warn!("source {:?} is down: {error}", self.name);
    }

    /// Counts what was left out of a read, and logs what was not logged before.
    pub(super) fn report_invalid(&self, invalid: &[Invalid]) {
        let left_out = invalid.iter().map(Invalid::left_out).sum();
        self.count(Dropped::SourceInvalid, left_out, invalid);
    }

    /// Counts what clashed, and logs what was not logged before.
    pub(super) fn report_conflicts(&self, conflicts: &[Conflict]) {
        let left_out = conflicts.iter().map(Conflict::left_out).sum();
        self.count(Dropped::SourceConflict, left_out, conflicts);
    }

    fn count(&self, why: Dropped, left_out: usize, all: &[impl Display]) {
        if all.is_empty() {
            return;
        }
        self_metrics::count_all_dropped(why, left_out as u64);
        for message in self.not_logged(all) {
            log::warn!("source {:?}: {message}", self.name);
        }
    }

    /// What is to be logged of these, and is from now on.
    fn not_logged(&self, all: &[impl Display]) -> Vec<String> {
        let mut new = Vec::new();
        let mut logged = self.logged.lock();
        for one in all {
            if logged.len() >= MOST_LOGGED {
                break;
            }
            let message = one.to_string();
            if logged.insert(message.clone()) {
                new.push(message);
            }
        }
        new
    }
}
