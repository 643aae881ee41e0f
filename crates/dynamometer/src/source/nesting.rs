//! Which containers wait for what this thread reads.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    static WAITING: RefCell<Option<Arc<Waiting>>> = const { RefCell::new(None) };
}

/// A container that waits for a read, and what waits for that container.
#[derive(Debug)]
pub(super) struct Waiting {
    process: u32,
    container: u64,
    outer: Option<Arc<Waiting>>,
    /// The read asked for a container that waits for it.
    is_nested: AtomicBool,
}

impl Waiting {
    /// The container `container` waits for a read, which this thread begins.
    pub(super) fn new(container: u64) -> Arc<Self> {
        Arc::new(Self {
            process: std::process::id(),
            container,
            outer: current(),
            is_nested: AtomicBool::new(false),
        })
    }

    /// Marks this thread as the one that reads.
    pub(super) fn enter(self: &Arc<Self>) {
        WAITING.set(Some(Arc::clone(self)));
    }

    /// True where the read asked for a container that waits for it.
    pub(super) fn is_nested(&self) -> bool {
        self.is_nested.load(Ordering::Relaxed)
    }
}

/// What waits for this thread. The threads of a parent wait for nobody in the
/// child of a fork.
fn current() -> Option<Arc<Waiting>> {
    let waiting = WAITING.with_borrow(Clone::clone)?;
    (waiting.process == std::process::id()).then_some(waiting)
}

/// True where this thread reads for `container`, directly or not.
pub(crate) fn is_awaited_by(container: u64) -> bool {
    let innermost = current();
    let mut waiting = innermost.as_ref();
    while let Some(one) = waiting {
        if one.container == container {
            return true;
        }
        waiting = one.outer.as_ref();
    }
    false
}

/// Says that what this thread reads asked for a container that waits for it.
pub(super) fn report() {
    if let Some(innermost) = current() {
        innermost.is_nested.store(true, Ordering::Relaxed);
    }
}
