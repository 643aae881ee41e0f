//! What the allocator has left to do of what was freed before.

use std::hint::black_box;

use crate::clock::Stopwatch;

/// Bytes that no allocator has in store: they are asked of the system, and never
/// touched.
const LARGE: usize = 64 << 20;

/// Nanoseconds below which an allocator had nothing else to do.
const QUICK: f64 = 50_000.0;

/// Allocations until it is given up.
const MOST: usize = 1_000;

/// Lets the allocator put away what was freed.
///
/// glibc sorts what was freed in small pieces when the next large allocation comes,
/// ten thousand pieces at a time. After a library that frees a million, dozens of
/// allocations of those that follow take a millisecond each.
pub(super) fn settle() {
    for _ in 0..MOST {
        let watch = Stopwatch::start();
        drop(black_box(Vec::<u8>::with_capacity(LARGE)));
        if watch.nanos() < QUICK {
            return;
        }
    }
}
