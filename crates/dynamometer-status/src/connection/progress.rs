//! How far a connection is, and until when it may be there.

use std::cell::Cell;

use tokio::time::Instant;

use crate::limits::Limits;

/// What a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Nothing of a request has come.
    Idle,
    /// Part of a request has come, or a handshake goes on.
    Reading,
    /// A request is there; its answer is made or sent.
    Answering,
}

/// The phase of one connection, noted by its stream and by its service.
#[derive(Debug)]
pub(crate) struct Progress {
    phase: Cell<Phase>,
    since: Cell<Instant>,
    /// Whether all of the answer has been handed over to be sent.
    handed_over: Cell<bool>,
}

impl Progress {
    pub(crate) fn new(phase: Phase) -> Self {
        Self {
            phase: Cell::new(phase),
            since: Cell::new(Instant::now()),
            handed_over: Cell::new(false),
        }
    }

    fn enter(&self, phase: Phase) {
        self.phase.set(phase);
        self.since.set(Instant::now());
    }

    /// The handshake is over.
    pub(crate) fn has_opened(&self) {
        self.enter(Phase::Idle);
    }

    /// Bytes have come.
    pub(crate) fn has_read(&self) {
        if self.phase.get() == Phase::Idle {
            self.enter(Phase::Reading);
        }
    }

    /// All of a request has come.
    pub(crate) fn has_request(&self) {
        self.handed_over.set(false);
        self.enter(Phase::Answering);
    }

    /// All of the answer is on its way, in some buffer.
    pub(crate) fn has_handed_over(&self) {
        self.handed_over.set(true);
    }

    /// No buffer of ours holds anything any more.
    pub(crate) fn has_flushed(&self) {
        if self.phase.get() == Phase::Answering && self.handed_over.get() {
            self.enter(Phase::Idle);
        }
    }

    /// Since when the connection waits for its client to ask for something; `None`
    /// where it is being answered.
    pub(crate) fn waiting_since(&self) -> Option<Instant> {
        (self.phase.get() != Phase::Answering).then(|| self.since.get())
    }

    /// When it is closed if it stays in this phase.
    pub(crate) fn deadline(&self, limits: &Limits) -> Instant {
        let longest = match self.phase.get() {
            Phase::Idle => limits.idle,
            Phase::Reading => limits.request,
            Phase::Answering => limits.response,
        };
        self.since.get() + longest
    }
}
