//! A box that is filled at most once, in the space of a pointer.
#![allow(unsafe_code, reason = "shares a box through an atomic pointer")]

use std::marker::PhantomData;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// Half the size of a `OnceLock<Box<T>>`, and never waits: where two fill it at
/// once, one box is dropped.
pub(crate) struct OnceBox<T> {
    pointer: AtomicPtr<T>,
    owns: PhantomData<Box<T>>,
}

// SAFETY: as for a `OnceLock<Box<T>>`: the value is shared, and dropped on
// whichever thread drops the cell.
unsafe impl<T: Send + Sync> Sync for OnceBox<T> {}

impl<T> OnceBox<T> {
    pub(crate) const fn new() -> Self {
        Self {
            pointer: AtomicPtr::new(ptr::null_mut()),
            owns: PhantomData,
        }
    }

    #[inline]
    pub(crate) fn get(&self) -> Option<&T> {
        // SAFETY: null, or a box that lives as long as this.
        unsafe { self.pointer.load(Ordering::Acquire).as_ref() }
    }

    pub(crate) fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        if let Some(value) = self.get() {
            return value;
        }
        let made = Box::into_raw(Box::new(make()));
        let (success, failure) = (Ordering::AcqRel, Ordering::Acquire);
        let filled = self
            .pointer
            .compare_exchange(ptr::null_mut(), made, success, failure);
        match filled {
            // SAFETY: just filled; it lives as long as this.
            Ok(_) => unsafe { &*made },
            Err(first) => {
                // SAFETY: made above and never shared.
                drop(unsafe { Box::from_raw(made) });
                // SAFETY: not null, and lives as long as this.
                unsafe { &*first }
            }
        }
    }
}

impl<T> Default for OnceBox<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Drop for OnceBox<T> {
    fn drop(&mut self) {
        let pointer = *self.pointer.get_mut();
        if !pointer.is_null() {
            // SAFETY: made by `Box::into_raw`, dropped once.
            drop(unsafe { Box::from_raw(pointer) });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use super::*;

    #[test]
    fn threads_that_fill_it_at_once_see_the_same_value() {
        let cell = OnceBox::new();
        assert!(cell.get().is_none());
        let alive = Arc::new(());
        thread::scope(|scope| {
            for thread in 0..4 {
                let (cell, alive) = (&cell, Arc::clone(&alive));
                scope.spawn(move || {
                    let first = ptr::from_ref(cell.get_or_init(|| (thread, alive)));
                    assert!(ptr::eq(first, cell.get_or_init(|| unreachable!())));
                });
            }
        });
        assert_eq!(Arc::strong_count(&alive), 2, "one value is left");
        drop(cell);
        assert_eq!(Arc::strong_count(&alive), 1);
    }
}
