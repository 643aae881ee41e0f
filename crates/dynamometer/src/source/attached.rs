//! A source that is attached to a container.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use dynamometer_cells::ForkLock;

use crate::clock::Clock;
use crate::error::Error;
use crate::source::contract::Source;
use crate::source::journal::Journal;
use crate::source::name;
use crate::source::read::{Joined, Read, Task};

/// A source, what it was attached with, and its read that is under way.
pub(crate) struct Attached {
    source: Arc<dyn Source>,
    pub(super) journal: Arc<Journal>,
    labels: Arc<[(String, String)]>,
    timeout: Duration,
    /// The thread that reads and those that wait for it keep it.
    last: ForkLock<Weak<Read>>,
    is_over: AtomicBool,
}

impl Attached {
    pub(super) fn new(
        name: &str,
        source: Arc<dyn Source>,
        labels: Vec<(String, String)>,
        timeout: Duration,
    ) -> Result<Self, Error> {
        name::take(name)?;
        Ok(Self {
            source,
            journal: Arc::new(Journal::new(name)),
            labels: labels.into(),
            timeout,
            last: ForkLock::new(Weak::new()),
            is_over: AtomicBool::new(false),
        })
    }

    pub(super) fn name(&self) -> &str {
        self.journal.name()
    }

    /// Begins a read for `container`, or joins the one that is under way; `None`
    /// where that one hangs.
    pub(super) fn begin(&self, container: u64, clock: &Arc<Clock>) -> Option<Arc<Read>> {
        let mut last = self.last.lock();
        let known = last.upgrade();
        let joined = known.as_ref().map_or(Joined::Ended, |read| read.join());
        if joined != Joined::Ended {
            drop(last);
            return known.filter(|_| joined == Joined::Waiting);
        }
        let read = Read::new(Task {
            source: Arc::clone(&self.source),
            journal: Arc::clone(&self.journal),
            labels: Arc::clone(&self.labels),
            timeout: self.timeout,
            clock: Arc::clone(clock),
            container,
        });
        *last = Arc::downgrade(&read);
        // Foreign code may run from here on: a source that is dropped is one.
        drop(last);
        read.start();
        Some(read)
    }

    /// Takes its metrics off the page and gives its name back.
    pub(super) fn end(&self) {
        if !self.is_over.swap(true, Ordering::Relaxed) {
            self.journal.end();
            name::give_back(self.name());
        }
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        self.end();
    }
}

impl fmt::Debug for Attached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attached")
            .field("name", &self.name())
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
