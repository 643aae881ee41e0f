//! One read of a source, on a thread of its own.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use dynamometer_exposition::{Conflict, Invalid, Snapshot};

use crate::clock::Clock;
use crate::source::contract::Source;
use crate::source::error::{SourceError, SourceErrorKind};
use crate::source::journal::Journal;
use crate::source::nesting::Waiting;

/// What one read is told.
pub(super) struct Task {
    pub(super) source: Arc<dyn Source>,
    pub(super) journal: Arc<Journal>,
    /// Added to every series.
    pub(super) labels: Arc<[(String, String)]>,
    pub(super) timeout: Duration,
    pub(super) clock: Arc<Clock>,
    /// The number of the container that asks.
    pub(super) container: u64,
}

/// What a source returned, as far as it may be merged.
struct Checked {
    snapshot: Snapshot,
    invalid: Vec<Invalid>,
    conflicts: Vec<Conflict>,
}

impl Task {
    fn run(&self) -> Result<Checked, SourceError> {
        let mut read = self.source.read()?;
        let mut invalid = read.check();
        if !self.labels.is_empty() {
            let labels = self.labels.iter();
            let labels: Vec<_> = labels.map(|(name, value)| (&**name, &**value)).collect();
            invalid.extend(read.add_labels(&labels));
        }
        // Each name once, and each series.
        let mut snapshot = Snapshot::default();
        let conflicts = snapshot.merge(read);
        Ok(Checked {
            snapshot,
            invalid,
            conflicts,
        })
    }
}

/// A read that is under way, or has ended.
pub(super) struct Read {
    /// The process that it runs in: in the child of a fork nobody reads on.
    process: u32,
    task: Task,
    started: Duration,
    phase: Mutex<Phase>,
    ended: Condvar,
}

enum Phase {
    /// So many wait for it.
    Running(usize),
    /// Nobody waits any more.
    Overdue,
    /// So many have not taken it yet.
    Ended(usize, Result<Snapshot, SourceError>),
}

/// Whether a read can be waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    Waiting,
    /// It hangs: it takes longer than its timeout.
    Overdue,
    /// It is over.
    Ended,
}

impl Read {
    /// A read that the caller waits for.
    pub(super) fn new(task: Task) -> Arc<Self> {
        Arc::new(Self {
            process: std::process::id(),
            started: task.clock.now(),
            task,
            phase: Mutex::new(Phase::Running(1)),
            ended: Condvar::new(),
        })
    }

    /// Starts the thread that reads.
    pub(super) fn start(self: &Arc<Self>) {
        let waiting = Waiting::new(self.task.container);
        let read = Arc::clone(self);
        let run = move || {
            waiting.enter();
            let outcome = read.run(&waiting);
            read.end(outcome);
        };
        let thread = thread::Builder::new().name("dyn-source".to_owned());
        if let Err(error) = thread.spawn(run) {
            let message = format!("no thread can be made to read it: {error}");
            self.end(Err(SourceError::new(SourceErrorKind::NoThread, message)));
        }
    }

    /// Waits for it too, where it still runs.
    pub(super) fn join(&self) -> Joined {
        if self.process != std::process::id() {
            return Joined::Ended;
        }
        match &mut *self.phase() {
            Phase::Running(waiting) => {
                *waiting += 1;
                Joined::Waiting
            }
            Phase::Overdue => {
                self.task.journal.set(false, self.elapsed());
                Joined::Overdue
            }
            Phase::Ended(..) => Joined::Ended,
        }
    }

    /// Waits until it has ended, or for the timeout since `since`, and returns
    /// what it read.
    pub(super) fn wait(&self, since: Duration) -> Option<Snapshot> {
        let waited = Clock::system().now().saturating_sub(since);
        let left = self.task.timeout.saturating_sub(waited);
        let is_running = |phase: &mut Phase| matches!(phase, Phase::Running(_));
        let waited = self
            .ended
            .wait_timeout_while(self.phase(), left, is_running);
        let (mut phase, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match &mut *phase {
            Phase::Running(_) => {
                *phase = Phase::Overdue;
                let is_news = self.task.journal.set(false, self.elapsed());
                // Who joined later need not wait longer.
                self.ended.notify_all();
                drop(phase);
                if is_news {
                    let message = format!("it takes longer than {:?}", self.task.timeout);
                    let error = SourceError::new(SourceErrorKind::TimedOut, message);
                    self.task.journal.log_down(&error);
                }
                None
            }
            Phase::Overdue => None,
            Phase::Ended(waiting, outcome) => {
                *waiting = waiting.saturating_sub(1);
                if *waiting > 0 {
                    return outcome.as_ref().ok().cloned();
                }
                // The last one need not copy it.
                std::mem::replace(outcome, Ok(Snapshot::default())).ok()
            }
        }
    }

    fn elapsed(&self) -> Duration {
        self.task.clock.now().saturating_sub(self.started)
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads, and says what was left out.
    fn run(&self, waiting: &Waiting) -> Result<Snapshot, SourceError> {
        let checked = catch_unwind(AssertUnwindSafe(|| self.task.run()));
        let checked = checked.unwrap_or_else(|panic| Err(panicked(&*panic)))?;
        if waiting.is_nested() {
            let message = "it takes a snapshot of the container that waits for it";
            return Err(SourceError::new(SourceErrorKind::Nested, message));
        }
        self.task.journal.report_invalid(&checked.invalid);
        self.task.journal.report_conflicts(&checked.conflicts);
        Ok(checked.snapshot)
    }

    /// Hands the outcome to who waits. One that comes too late is thrown away.
    fn end(&self, outcome: Result<Snapshot, SourceError>) {
        let journal = &self.task.journal;
        let error = outcome.as_ref().err().cloned();
        let mut phase = self.phase();
        let Phase::Running(waiting) = *phase else {
            journal.set_late(self.elapsed());
            *phase = Phase::Ended(0, Ok(Snapshot::default()));
            return;
        };
        let is_news = journal.set(error.is_none(), self.elapsed());
        *phase = Phase::Ended(waiting, outcome);
        drop(phase);
        self.ended.notify_all();
        match error {
            None if is_news => journal.log_up(),
            Some(error) if is_news => journal.log_down(&error),
            _ => {}
        }
    }
}

impl fmt::Debug for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Read").finish_non_exhaustive()
    }
}

/// What a panic says of itself.
fn panicked(panic: &(dyn Any + Send)) -> SourceError {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    let message = match text {
        Some(text) => format!("it panicked: {text}"),
        None => "it panicked".to_owned(),
    };
    SourceError::new(SourceErrorKind::Panicked, message)
}
