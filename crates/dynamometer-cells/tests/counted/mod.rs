//! Look-ups of a table, counted for the model checker.

use dynamometer_cells::Presence;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering, fence};

/// Look-ups counted in two plain counters, with a fence where cells have
/// `membarrier`, which the model checker does not know.
#[derive(Clone)]
pub(crate) struct Counted(Arc<Sides>);

pub(crate) struct Sides {
    entered: [AtomicUsize; 2],
    left: [AtomicUsize; 2],
    open: AtomicUsize,
}

impl Counted {
    pub(crate) fn new() -> Self {
        let zero = || [AtomicUsize::new(0), AtomicUsize::new(0)];
        Self(Arc::new(Sides {
            entered: zero(),
            left: zero(),
            open: AtomicUsize::new(0),
        }))
    }
}

/// A look-up that is counted out when it ends.
pub(crate) struct Inside<'a>(&'a Sides, usize);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.left[self.1].fetch_add(1, Ordering::Release);
    }
}

impl Presence for Counted {
    type Inside<'a> = Inside<'a>;

    fn enter(&self) -> Inside<'_> {
        let side = self.0.open.load(Ordering::Relaxed) & 1;
        self.0.entered[side].fetch_add(1, Ordering::Release);
        fence(Ordering::SeqCst);
        Inside(&self.0, side)
    }

    fn turn(&self) {
        self.0
            .open
            .store(self.0.open.load(Ordering::Relaxed) ^ 1, Ordering::Relaxed);
    }

    fn barrier(&self) -> bool {
        fence(Ordering::SeqCst);
        true
    }

    fn is_empty(&self, side: usize) -> bool {
        // As `UpDownCells::value`: who left first, then who entered.
        let left = self.0.left[side].load(Ordering::Acquire);
        self.0.entered[side].load(Ordering::Acquire) == left
    }
}
