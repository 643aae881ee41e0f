//! The cells that stand for the GIL.
#![allow(unsafe_code, reason = "vouches that the GIL is held")]

use std::sync::OnceLock;

use dynamometer_cells::{
    Buckets, CounterCell, FloatCell, HistogramCells, Kept, LockLease, UpDownCells,
};
use pyo3::prelude::*;

/// `None` where there is no GIL to stand for, or no cells are left.
///
/// It survives a fork: the child's only thread holds the GIL, and the engine
/// leaves it the lease, at zero.
static LEASE: OnceLock<Option<LockLease>> = OnceLock::new();

/// The lease, and the token that proves that its lock is held.
#[derive(Clone, Copy)]
pub(super) struct Held<'py>(&'static LockLease, Python<'py>);

/// The lease, for as long as the thread is attached.
#[inline]
pub(super) fn held(py: Python<'_>) -> Option<Held<'_>> {
    let lease = match LEASE.get() {
        Some(lease) => lease.as_ref(),
        None => take(py),
    };
    lease.map(|lease| Held(lease, py))
}

/// True where there is a GIL, of which the lease is the sign.
#[inline]
pub(crate) fn is_there(py: Python<'_>) -> bool {
    held(py).is_some()
}

/// Taken at the first record, not at import: it decides who owns the cells of the
/// process.
#[cold]
#[inline(never)]
fn take(py: Python<'_>) -> Option<&'static LockLease> {
    let taken = LEASE.get_or_init(|| if has_gil(py) { LockLease::take() } else { None });
    taken.as_ref()
}

/// False on a free-threaded build that runs without the GIL.
///
/// Once it is on it stays on; where it is off now, threads write cells of their
/// own for good.
pub(crate) fn has_gil(py: Python<'_>) -> bool {
    let asked = py
        .import("sys")
        .and_then(|sys| sys.call_method0("_is_gil_enabled"))
        .and_then(|is_enabled| is_enabled.extract::<bool>());
    // Before 3.13 nobody could ask.
    asked.unwrap_or(true)
}

impl Held<'_> {
    #[inline(always)]
    pub(super) fn inc(self, cells: &CounterCell, n: u64) {
        // SAFETY: the token says that this thread holds the GIL, of which this
        // process has one (`interpreter`).
        unsafe { self.0.inc_by(cells, n) }
    }

    #[inline(always)]
    pub(super) fn inc_float(self, cells: &FloatCell, n: f64) {
        // SAFETY: as above.
        unsafe { self.0.add_float(cells, n) }
    }

    #[inline(always)]
    pub(super) fn add(self, cells: &UpDownCells, n: i64) {
        // SAFETY: as above.
        unsafe { self.0.add(cells, n) }
    }

    #[inline(always)]
    pub(super) fn observe<B: Buckets>(self, cells: &HistogramCells<Kept, B>, value: f64, n: u64) {
        // SAFETY: as above.
        unsafe { self.0.observe(cells, value, n) }
    }

    #[inline]
    pub(super) fn observe_all<B: Buckets>(
        self,
        cells: &HistogramCells<Kept, B>,
        buckets: &[u64],
        sum: f64,
    ) {
        // SAFETY: as above.
        unsafe { self.0.observe_all(cells, buckets, sum) }
    }
}
