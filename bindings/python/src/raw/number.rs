//! Numbers that need no look at their type's methods: exact floats, exact ints.
#![allow(unsafe_code, reason = "reads numbers through CPython's C interface")]

use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;

/// An amount: an exact float, an exact int, or another float.
///
/// `None` for anything else, and for an int beyond all floats; no error is set.
///
/// # Safety
///
/// `object` is one.
#[inline(always)]
pub(super) unsafe fn amount(py: Python<'_>, object: *mut PyObject) -> Option<f64> {
    // SAFETY: by this function's contract, here and below.
    if unsafe { ffi::PyFloat_CheckExact(object) } != 0 {
        // SAFETY: as above.
        return Some(unsafe { ffi::PyFloat_AsDouble(object) });
    }
    // SAFETY: as above.
    unsafe { amount_of_other(py, object) }
}

#[inline(never)]
unsafe fn amount_of_other(py: Python<'_>, object: *mut PyObject) -> Option<f64> {
    // SAFETY: by the contract of `amount`, here and below.
    if unsafe { ffi::PyLong_CheckExact(object) } != 0 {
        // SAFETY: as above.
        let float = unsafe { ffi::PyLong_AsDouble(object) };
        #[expect(
            clippy::float_cmp,
            reason = "it is -1, exactly, where there is an error"
        )]
        return (float != -1.0 || !was_error(py)).then_some(float);
    }
    // A numpy.float64 is one.
    // SAFETY: as above.
    if unsafe { ffi::PyFloat_Check(object) } != 0 {
        // SAFETY: as above.
        return Some(unsafe { ffi::PyFloat_AsDouble(object) });
    }
    None
}

/// A number of things that is an exact int and not negative.
///
/// # Safety
///
/// As for [`amount`].
#[inline(always)]
pub(super) unsafe fn count(py: Python<'_>, object: *mut PyObject) -> Option<u64> {
    // SAFETY: by the contract, here and below.
    if unsafe { ffi::PyLong_CheckExact(object) } == 0 {
        // SAFETY: as above.
        return unsafe { whole(object) };
    }
    // SAFETY: as above.
    let count = unsafe { ffi::PyLong_AsUnsignedLongLong(object) };
    (count != u64::MAX || !was_error(py)).then_some(count)
}

/// A number of things that is an exact int of 64 bits.
///
/// # Safety
///
/// As for [`amount`].
#[inline(always)]
pub(super) unsafe fn difference(py: Python<'_>, object: *mut PyObject) -> Option<i64> {
    // SAFETY: by the contract, here and below.
    if unsafe { ffi::PyLong_CheckExact(object) } == 0 {
        // SAFETY: as above.
        return unsafe { whole(object) }.map(u64::cast_signed);
    }
    // SAFETY: as above.
    let difference = unsafe { ffi::PyLong_AsLongLong(object) };
    (difference != -1 || !was_error(py)).then_some(difference)
}

/// A number of things that is an exact float without a fraction, up to 2⁵³.
unsafe fn whole(object: *mut PyObject) -> Option<u64> {
    // SAFETY: by the contract of `count`, here and below.
    if unsafe { ffi::PyFloat_CheckExact(object) } == 0 {
        return None;
    }
    // SAFETY: as above.
    let float = unsafe { ffi::PyFloat_AsDouble(object) };
    let is_whole = (0.0..=9_007_199_254_740_992.0).contains(&float) && float.fract() == 0.0;
    #[expect(clippy::cast_sign_loss, reason = "not negative")]
    is_whole.then_some(float as u64)
}

/// Takes the error back that a conversion may have set.
#[cold]
fn was_error(_: Python<'_>) -> bool {
    // SAFETY: the thread is attached, here and below.
    let was_error = !unsafe { ffi::PyErr_Occurred() }.is_null();
    if was_error {
        // SAFETY: as above.
        unsafe { ffi::PyErr_Clear() };
    }
    was_error
}
