//! Which series `labels(...)` was last asked for, by the identity of what was passed.
#![allow(
    unsafe_code,
    reason = "keeps and compares objects by address, under the GIL"
)]

use std::cell::UnsafeCell;
use std::ptr::{self, NonNull};

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// Calls with more arguments are not kept.
const MOST: usize = 8;
const WAYS: usize = 4;

type Object = NonNull<ffi::PyObject>;

/// What was passed to one call: values, the last of them by name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'a, 'py> {
    pub(super) values: &'a [Object],
    pub(super) names: Option<Borrowed<'a, 'py, PyTuple>>,
}

/// A call and what it found. Objects are owned.
#[derive(Debug, Default)]
struct Way {
    values: [Option<Object>; MOST],
    names: Option<Object>,
    child: Option<Object>,
}

impl Way {
    #[inline(always)]
    fn is(&self, call: Call<'_, '_>) -> bool {
        let (some, rest) = self.values.split_at(call.values.len().min(MOST));
        let mut pairs = some.iter().zip(call.values);
        pairs.all(|(kept, passed)| *kept == Some(*passed))
            && rest.first().is_none_or(Option::is_none)
            && self.is_named(call.names)
    }

    /// A call with `**` makes a new tuple each time, of the same names.
    #[inline(always)]
    fn is_named(&self, names: Option<Borrowed<'_, '_, PyTuple>>) -> bool {
        match (self.names, names) {
            (None, None) => true,
            (Some(kept), Some(passed)) => {
                kept.as_ptr() == passed.as_ptr() || Self::have_same_items(kept, passed)
            }
            _ => false,
        }
    }

    fn have_same_items(kept: Object, passed: Borrowed<'_, '_, PyTuple>) -> bool {
        // SAFETY: a tuple that the way owns, and the GIL is held.
        let kept = unsafe { Borrowed::from_ptr(passed.py(), kept.as_ptr()) };
        // SAFETY: as above.
        let kept = unsafe { kept.cast_unchecked::<PyTuple>() };
        kept.len() == passed.len()
            && kept
                .iter_borrowed()
                .zip(passed.iter_borrowed())
                .all(|(kept, passed)| kept.is(passed))
    }

    fn owned(call: Call<'_, '_>, child: Object) -> Self {
        let mut way = Self {
            child: Some(child),
            names: call.names.and_then(|names| NonNull::new(names.as_ptr())),
            ..Self::default()
        };
        for (place, value) in way.values.iter_mut().zip(call.values) {
            *place = Some(*value);
        }
        for object in way.objects() {
            // SAFETY: alive, as the caller of `labels` holds it, and the GIL is held.
            unsafe { ffi::Py_INCREF(object.as_ptr()) };
        }
        way
    }

    fn objects(&self) -> impl Iterator<Item = Object> {
        let passed = self.values.iter().chain([&self.names, &self.child]);
        passed.copied().flatten()
    }

    /// Lets go of what is held; under the GIL.
    fn release(&self) {
        for object in self.objects() {
            // SAFETY: owned since `owned`, and the GIL is held.
            unsafe { ffi::Py_DECREF(object.as_ptr()) };
        }
    }
}

#[derive(Debug, Default)]
struct Kept {
    ways: [Way; WAYS],
    next: usize,
    /// How many series there were: with one less, what is kept may be gone.
    children: isize,
}

impl Kept {
    fn is_empty(&self) -> bool {
        self.ways.iter().all(|way| way.child.is_none())
    }
}

/// The last few calls of `labels` of one metric.
#[derive(Debug, Default)]
pub(super) struct Labels {
    // Reached under the GIL only, and never across a call that may let go of it.
    kept: UnsafeCell<Kept>,
}

// SAFETY: every method needs the GIL, which one thread holds.
unsafe impl Send for Labels {}
// SAFETY: as above.
unsafe impl Sync for Labels {}

impl Labels {
    /// Returns a new reference to what such a call found last, if it is kept.
    ///
    /// `children` is how many series there are now.
    #[inline(always)]
    pub(super) fn find(
        &self,
        py: Python<'_>,
        call: Call<'_, '_>,
        children: isize,
    ) -> Option<Object> {
        // SAFETY: the GIL is held, and the borrow ends before anything is released.
        let kept = unsafe { &*self.kept.get() };
        if kept.children > children {
            self.forget(py);
            return None;
        }
        let child = kept.ways.iter().find(|way| way.is(call))?.child?;
        // SAFETY: `way` owns it, and the GIL is held.
        unsafe { ffi::Py_INCREF(child.as_ptr()) };
        Some(child)
    }

    /// Keeps what a call found, under the GIL; `children` is how many series there are now.
    pub(super) fn keep(&self, call: Call<'_, '_>, child: Object, children: isize) {
        if call.values.len() > MOST {
            return;
        }
        let way = Way::owned(call, child);
        // SAFETY: the GIL is held; the borrow ends before anything is released.
        let former = unsafe {
            let kept = &mut *self.kept.get();
            kept.children = children;
            kept.next = (kept.next + 1) % WAYS;
            std::mem::replace(&mut kept.ways[kept.next], way)
        };
        former.release();
    }

    /// Lets go of all that is kept.
    pub(super) fn forget(&self, _py: Python<'_>) {
        // SAFETY: the GIL is held, or nothing is ever kept.
        if unsafe { (*self.kept.get()).is_empty() } {
            return;
        }
        // SAFETY: the GIL is held; the value is moved out before it is released.
        let former = unsafe { ptr::replace(self.kept.get(), Kept::default()) };
        for way in former.ways {
            way.release();
        }
    }
}

impl Drop for Labels {
    fn drop(&mut self) {
        // A metric is dropped by the interpreter, which is attached then.
        Python::attach(|py| self.forget(py));
    }
}
