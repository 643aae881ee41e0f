//! The atomics and locks of the engine: `std`'s, or `loom`'s under its `cfg`.
//!
//! Whatever synchronises goes through this module, so that the model checker
//! runs the very code that ships.

#[cfg(not(loom))]
pub(crate) use std::sync::{
    Mutex, MutexGuard,
    atomic::{AtomicPtr, AtomicU64, Ordering, fence},
};

#[cfg(loom)]
pub(crate) use loom::sync::{
    Mutex, MutexGuard,
    atomic::{AtomicPtr, AtomicU64, Ordering, fence},
};

/// Locks `mutex`, and goes on where another thread panicked while holding it.
///
/// Nothing under these locks is left half-written by a panic: each critical
/// section allocates before it changes anything.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    match mutex.lock() {
        Ok(guard) => guard,
        Err(poisoned) => poisoned.into_inner(),
    }
}
