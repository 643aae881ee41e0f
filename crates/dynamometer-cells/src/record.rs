//! The two ways to change a cell: alone, or among others.
//!
//! The orders of the stores are part of the read protocols (see `nesting` and
//! `segment`), so they are chosen here, where the model checker runs them too.

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

/// Adds `n` to an up-down counter, whose cells only this thread writes.
///
/// `cell` finds the first cell, of increments, or the second, of decrements.
/// Release, free on x86-64: whoever sees this add sees all that came before it.
#[inline(always)]
pub fn count_alone<'a>(cell: impl FnOnce(usize) -> &'a AtomicU64, n: i64) {
    add_alone(
        cell(usize::from(n < 0)),
        n.unsigned_abs(),
        Ordering::Release,
    );
}

/// Adds `n` to an up-down counter that others change too.
pub fn count_among_others<'a>(cell: impl FnOnce(usize) -> &'a AtomicU64, n: i64) {
    cell(usize::from(n < 0)).fetch_add(n.unsigned_abs(), Ordering::Release);
}

/// Adds `n` observations of `total` together to a histogram, whose cells only
/// this thread writes.
///
/// The sum first, the bucket after it with release: whoever sees the count sees
/// the sum that belongs to it.
#[inline(always)]
pub fn observe_alone<'a>(cell: impl Fn(usize) -> &'a AtomicU64, bucket: usize, total: f64, n: u64) {
    add_float_alone(cell(0), total);
    add_alone(cell(1 + bucket), n, Ordering::Release);
}

/// Adds `n` observations of `total` together to a histogram that others change
/// too.
pub fn observe_among_others<'a>(
    cell: impl Fn(usize) -> &'a AtomicU64,
    bucket: usize,
    total: f64,
    n: u64,
) {
    add_float_among_others(cell(0), total);
    cell(1 + bucket).fetch_add(n, Ordering::Release);
}

/// Adds observations counted elsewhere to a histogram whose cells only this
/// thread writes: the sum first, as for one.
pub fn observe_all_alone<'a>(cell: impl Fn(usize) -> &'a AtomicU64, buckets: &[u64], sum: f64) {
    add_float_alone(cell(0), sum);
    for (bucket, &n) in buckets.iter().enumerate().filter(|(_, n)| **n > 0) {
        add_alone(cell(1 + bucket), n, Ordering::Release);
    }
}

/// Adds observations counted elsewhere to a histogram that others change too.
pub fn observe_all_among_others<'a>(
    cell: impl Fn(usize) -> &'a AtomicU64,
    buckets: &[u64],
    sum: f64,
) {
    add_float_among_others(cell(0), sum);
    for (bucket, &n) in buckets.iter().enumerate().filter(|(_, n)| **n > 0) {
        cell(1 + bucket).fetch_add(n, Ordering::Release);
    }
}
