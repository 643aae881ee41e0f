//! The look-ups of a family that were made last, by the identity of their values.
#![allow(unsafe_code, reason = "reached under the GIL alone")]

use std::cell::UnsafeCell;
use std::ptr;

use dynamometer::binding::is_removed;
use dynamometer_cells::Series;
use pyo3::ffi::PyObject;
use pyo3::prelude::*;

/// Labels up to which look-ups are remembered.
pub(crate) const MOST_LABELS: usize = 4;

/// Places for look-ups; each has two that it may be in.
const PLACES: usize = 16;

/// Texts that do not change, at addresses that are theirs as long as they are held:
/// whoever passes the same objects means the same series.
#[derive(Default)]
pub(crate) struct Recent(UnsafeCell<Option<Box<[Place; PLACES]>>>);

// SAFETY: reached by whoever holds the GIL, by the contract of `Reached::new`.
unsafe impl Sync for Recent {}

/// The values, their object and the series that it has a share in.
#[derive(Default)]
struct Place {
    values: [Option<Py<PyAny>>; MOST_LABELS],
    found: Option<(Py<PyAny>, *const Series)>,
}

// SAFETY: the series is shared by the object beside it, and read by atomics only.
unsafe impl Send for Place {}

/// The look-ups, while the GIL is held.
#[derive(Clone, Copy)]
pub(crate) struct Reached<'r>(&'r Recent);

impl Recent {
    /// # Safety
    ///
    /// The thread holds the GIL, not only an attachment to a build without one.
    #[inline(always)]
    pub(super) unsafe fn reach(&self, _: Python<'_>) -> Reached<'_> {
        Reached(self)
    }
}

/// The first of the two places of these values.
#[inline(always)]
fn first_place(values: &[*mut PyObject]) -> usize {
    // Objects are 16 bytes apart at least; texts 48 and more.
    let mix = |hash: usize, value: &*mut PyObject| hash.rotate_left(3) ^ (value.addr() >> 4);
    let hash = values.iter().fold(0, mix);
    (hash ^ (hash >> 4)) % PLACES
}

impl Place {
    #[inline(always)]
    fn is_of(&self, values: &[*mut PyObject]) -> bool {
        values.iter().zip(&self.values).all(|(value, known)| {
            known
                .as_ref()
                .is_some_and(|known| ptr::eq(known.as_ptr(), *value))
        })
    }
}

impl<'r> Reached<'r> {
    /// The object of these values, if they were looked up lately and its series is
    /// still there.
    #[inline(always)]
    pub(crate) fn get(self, values: &[*mut PyObject]) -> Option<&'r Py<PyAny>> {
        if values.is_empty() || values.len() > MOST_LABELS {
            return None;
        }
        // SAFETY: the GIL is held, and nothing here runs Python's code.
        let places = unsafe { &*self.0.0.get() }.as_ref()?;
        let first = first_place(values);
        let mut both = [&places[first], &places[first ^ 1]].into_iter();
        let place = both.find(|place| place.is_of(values))?;
        let (object, series) = place.found.as_ref()?;
        // SAFETY: the object has a share in it.
        (!is_removed(unsafe { &**series })).then_some(object)
    }

    /// Remembers the object of these values.
    ///
    /// # Safety
    ///
    /// The values are objects, exact texts, as many as the family has labels.
    pub(crate) unsafe fn put(
        self,
        py: Python<'_>,
        values: &[*mut PyObject],
        object: &Py<PyAny>,
        series: *const Series,
    ) {
        if values.is_empty() || values.len() > MOST_LABELS || series.is_null() {
            return;
        }
        let mut place = Place {
            values: [const { None }; MOST_LABELS],
            found: Some((object.clone_ref(py), series)),
        };
        for (known, &value) in place.values.iter_mut().zip(values) {
            // SAFETY: by this function's contract.
            *known = Some(unsafe { Bound::from_borrowed_ptr(py, value) }.unbind());
        }
        let gone = {
            // SAFETY: the GIL is held, and nothing until the end of the block runs
            // Python's code.
            let places = unsafe { &mut *self.0.0.get() };
            let places = places.get_or_insert_with(Box::default);
            let first = first_place(values);
            let known = std::mem::replace(&mut places[first], place);
            // What was here before stays for a while in the other place.
            std::mem::replace(&mut places[first ^ 1], known)
        };
        gone.let_go(py);
    }

    /// Forgets all.
    pub(super) fn clear(self, py: Python<'_>) {
        // SAFETY: the GIL is held; what is taken is dropped after the borrow.
        let places = unsafe { &mut *self.0.0.get() }.take();
        for place in places.into_iter().flat_map(|places| *places) {
            place.let_go(py);
        }
    }
}

impl Place {
    /// Drops the objects now: `PyO3` does not know that this thread is attached, and
    /// would put it off.
    fn let_go(self, py: Python<'_>) {
        let found = self.found.map(|(object, _)| object);
        for object in self.values.into_iter().flatten().chain(found) {
            drop(object.into_bound(py));
        }
    }
}
