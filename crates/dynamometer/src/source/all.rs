//! The sources of one container.

use std::sync::Arc;
use std::time::Duration;

use dynamometer_cells::ForkLock;
use dynamometer_exposition::Snapshot;

use crate::clock::Clock;
use crate::source::attached::Attached;
use crate::source::nesting;
use crate::source::read::Read;

/// Sources, in the order in which they were attached.
#[derive(Debug, Default)]
pub(crate) struct Sources(ForkLock<Vec<Arc<Attached>>>);

/// Reads that are under way for one snapshot.
#[derive(Debug)]
pub(crate) struct Reads {
    since: Duration,
    all: Vec<(Arc<Attached>, Arc<Read>)>,
}

impl Sources {
    pub(super) fn add(&self, source: Arc<Attached>) {
        self.0.lock().push(source);
    }

    /// Removes the source of this name; false where there is none.
    pub(crate) fn remove_named(&self, name: &str) -> bool {
        self.remove_where(|source| source.name() == name)
    }

    /// Removes this source, where it is still there.
    pub(crate) fn remove(&self, source: &Arc<Attached>) {
        self.remove_where(|known| Arc::ptr_eq(known, source));
    }

    fn remove_where(&self, is_it: impl Fn(&Arc<Attached>) -> bool) -> bool {
        let mut all = self.0.lock();
        let removed = all.iter().position(is_it).map(|at| all.remove(at));
        drop(all);
        if let Some(source) = &removed {
            source.end();
        }
        removed.is_some()
    }

    /// Begins to read all sources for `container`, each on a thread of its own.
    ///
    /// None where this thread reads for that container already.
    pub(crate) fn begin(&self, container: u64, clock: &Arc<Clock>) -> Reads {
        let mut all = self.0.lock().clone();
        if !all.is_empty() && nesting::is_awaited_by(container) {
            nesting::report();
            all.clear();
        }
        let since = Clock::system().now();
        let begin = |source: Arc<Attached>| {
            let read = source.begin(container, clock)?;
            Some((source, read))
        };
        let all = all.into_iter().filter_map(begin).collect();
        Reads { since, all }
    }
}

impl Reads {
    /// Waits for each read up to its timeout, and puts what it returned on `page`.
    pub(crate) fn merge_into(self, page: &mut Snapshot) {
        for (source, read) in self.all {
            if let Some(snapshot) = read.wait(self.since) {
                let conflicts = page.merge(snapshot);
                source.journal.report_conflicts(&conflicts);
            }
        }
    }
}
