//! The two ways to change a cell: alone, or among others.

use crate::sync::{AtomicU64, Ordering};

/// Adds `n` to a cell that only this thread writes.
///
/// Compiles to one unlocked `add` to memory on x86-64.
#[inline(always)]
pub fn add_alone(cell: &AtomicU64, n: u64, order: Ordering) {
    cell.store(cell.load(Ordering::Relaxed).wrapping_add(n), order);
}

/// Adds `n` to a cell of `f64` bits that only this thread writes.
#[inline(always)]
pub fn add_float_alone(cell: &AtomicU64, n: f64) {
    let sum = f64::from_bits(cell.load(Ordering::Relaxed)) + n;
    cell.store(sum.to_bits(), Ordering::Relaxed);
}

/// Adds `n` to a cell of `f64` bits that others change too.
pub fn add_float_among_others(cell: &AtomicU64, n: f64) {
    let mut bits = cell.load(Ordering::Relaxed);
    loop {
        let sum = (f64::from_bits(bits) + n).to_bits();
        match cell.compare_exchange_weak(bits, sum, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => return,
            Err(changed) => bits = changed,
        }
    }
}
