//! The loops. Every library records through exactly these.
//!
//! `black_box` stands before the record, on the reference to the handle: the
//! optimiser must load the handle anew in every iteration, as code does that
//! finds its handles in a struct, and cannot move the record out of the loop.
//! What the box itself costs shows in the row "loop empty".

use std::hint::black_box;

use crate::value::LEN;

/// A loop that records the given number of times.
pub(crate) type Loop = Box<dyn Fn(u64) + Send + Sync>;

/// Returns a loop over one handle.
pub(crate) fn repeat<H>(handle: H, record: impl Fn(&H) + Send + Sync + 'static) -> Loop
where
    H: Send + Sync + 'static,
{
    Box::new(move |iterations| {
        for _ in 0..iterations {
            record(black_box(&handle));
        }
    })
}

/// Returns a loop over one handle and a value the optimiser does not know.
pub(crate) fn repeat_value<H, V>(
    handle: H,
    value: V,
    record: impl Fn(&H, V) + Send + Sync + 'static,
) -> Loop
where
    H: Send + Sync + 'static,
    V: Copy + Send + Sync + 'static,
{
    Box::new(move |iterations| {
        for _ in 0..iterations {
            record(black_box(&handle), black_box(value));
        }
    })
}

/// Returns a loop over one handle and the values of a table in turn.
pub(crate) fn over_table<H, V>(
    handle: H,
    table: &'static [V; LEN],
    record: impl Fn(&H, V) + Send + Sync + 'static,
) -> Loop
where
    H: Send + Sync + 'static,
    V: Copy + Send + Sync + 'static,
{
    Box::new(move |iterations| {
        let table = table;
        for i in 0..iterations {
            record(black_box(&handle), black_box(table[i as usize & (LEN - 1)]));
        }
    })
}

/// Returns a loop over sixteen handles in turn.
pub(crate) fn in_turn<H>(handles: [H; 16], record: impl Fn(&H) + Send + Sync + 'static) -> Loop
where
    H: Send + Sync + 'static,
{
    Box::new(move |iterations| {
        for i in 0..iterations {
            record(black_box(&handles[i as usize & 15]));
        }
    })
}

/// Returns a loop that looks keys up in a family, in turn.
///
/// There must be a power of two of them, so that the index is a mask.
pub(crate) fn over_keys<F, K, const N: usize>(
    family: F,
    keys: [K; N],
    record: impl Fn(&F, &K) + Send + Sync + 'static,
) -> Loop
where
    F: Send + Sync + 'static,
    K: Send + Sync + 'static,
{
    const { assert!(N.is_power_of_two()) };
    Box::new(move |iterations| {
        for i in 0..iterations {
            record(black_box(&family), black_box(&keys[i as usize & (N - 1)]));
        }
    })
}

/// Returns a loop over a family and the numbers below a bound, in turn.
pub(crate) fn over_numbers<F>(
    family: F,
    bound: u32,
    record: impl Fn(&F, u32) + Send + Sync + 'static,
) -> Loop
where
    F: Send + Sync + 'static,
{
    Box::new(move |iterations| {
        let mut number = 0;
        for _ in 0..iterations {
            record(black_box(&family), black_box(number));
            number += 1;
            if number == bound {
                number = 0;
            }
        }
    })
}
