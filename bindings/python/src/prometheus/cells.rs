//! Cells that hold floats and survive a fork, under the GIL.
#![allow(unsafe_code, reason = "reaches the cells of a series by their address")]

use std::convert::Infallible;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dynamometer_cells::{Options, Series};

/// A row of `f64` cells of the engine.
///
/// They lie where gauges do: a child of `fork` keeps the parent's values, as
/// users of `prometheus_client` expect. Whoever holds the GIL adds with a plain
/// load and store.
#[derive(Debug)]
pub(crate) struct Cells {
    first: NonNull<AtomicU64>,
    count: usize,
    /// Gives the cells back when the last handle is gone.
    _keeps: Option<Arc<Series>>,
}

// SAFETY: what `first` points at is atomic and lives as long as `self`.
unsafe impl Send for Cells {}
// SAFETY: as above.
unsafe impl Sync for Cells {}

impl Cells {
    /// Takes `count` cells at zero; from the heap where the engine has none left.
    pub(crate) fn take(count: usize) -> Self {
        let series = Series::set_each(count, Options::default()).ok();
        let first = series.as_ref().and_then(|series| series.shared_pointer());
        match first.and_then(|cell| NonNull::new(cell.cast())) {
            Some(first) => Self {
                first,
                count,
                _keeps: series,
            },
            None => Self::on_the_heap(count),
        }
    }

    /// Cells that stay for ever: nobody counts who still writes them.
    fn on_the_heap(count: usize) -> Self {
        let zeroed = std::iter::repeat_with(AtomicU64::default).take(count);
        let cells = Box::leak(zeroed.collect::<Box<[_]>>());
        Self {
            first: NonNull::from(&mut *cells).cast(),
            count,
            _keeps: None,
        }
    }

    pub(crate) fn all(&self) -> &[AtomicU64] {
        // SAFETY: `take` had `count` cells from `first` on, and `self` keeps them.
        unsafe { std::slice::from_raw_parts(self.first.as_ptr(), self.count) }
    }

    /// The address of cell `index`, for the recording path.
    pub(crate) fn at(&self, index: usize) -> *mut AtomicU64 {
        std::ptr::from_ref(&self.all()[index]).cast_mut()
    }

    pub(crate) fn get(&self, index: usize) -> f64 {
        value(&self.all()[index])
    }
}

/// The value of a cell.
#[inline(always)]
pub(crate) fn value(cell: &AtomicU64) -> f64 {
    f64::from_bits(cell.load(Ordering::Relaxed))
}

/// Sets a cell.
#[inline(always)]
pub(crate) fn set(cell: &AtomicU64, to: f64) {
    cell.store(to.to_bits(), Ordering::Relaxed);
}

/// Adds to a cell, whoever else does.
pub(crate) fn add_among_others(cell: &AtomicU64, n: f64) {
    change(cell, |value| Ok::<_, Infallible>(value + n)).unwrap_or_else(|never| match never {});
}

/// Makes the value of a cell another, asked for again where it changed meanwhile.
pub(crate) fn change<E>(cell: &AtomicU64, to: impl Fn(f64) -> Result<f64, E>) -> Result<(), E> {
    let mut before = cell.load(Ordering::Relaxed);
    loop {
        let after = to(f64::from_bits(before))?.to_bits();
        let changed =
            cell.compare_exchange_weak(before, after, Ordering::Relaxed, Ordering::Relaxed);
        match changed {
            Ok(_) => return Ok(()),
            Err(now) => before = now,
        }
    }
}

/// Adds to a cell; for whoever holds the GIL, which is one thread at a time.
#[inline(always)]
pub(crate) fn add(cell: &AtomicU64, n: f64) {
    set(cell, value(cell) + n);
}
