//! The hot methods of counters of whole things.
#![allow(unsafe_code, reason = "functions that CPython calls")]

use pyo3::ffi::{Py_ssize_t, PyObject};

use super::method::{Call, PyO3s, none};
use super::number::{count, difference};
use crate::gil;
use crate::instrument::{PyCounter, PyUpDownCounter};

pub(super) static COUNTER_INC: PyO3s = PyO3s::new();
pub(super) static UP_DOWN_INC: PyO3s = PyO3s::new();
pub(super) static UP_DOWN_DEC: PyO3s = PyO3s::new();
pub(super) static UP_DOWN_ADD: PyO3s = PyO3s::new();

/// `Counter.inc(n=1, exemplar=None)`
///
/// # Safety
///
/// Called by `CPython` as a method of `Counter`.
pub(super) unsafe extern "C" fn counter_inc(
    slf: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: by this function's contract, here and below.
    let call = unsafe { Call::new(slf, args, nargs, names) };
    let n = match call.only() {
        // SAFETY: as above.
        Some(n) => unsafe { count(call.py(), n) },
        None => call.is_bare().then_some(1),
    };
    let Some(n) = n else {
        return COUNTER_INC.call(call);
    };
    // SAFETY: as above.
    let counter: &PyCounter = unsafe { call.receiver() };
    gil::inc(call.py(), &counter.handle, n);
    none(call.py())
}

/// `UpDownCounter.inc(n=1)`
///
/// # Safety
///
/// Called by `CPython` as a method of `UpDownCounter`, here and below.
pub(super) unsafe extern "C" fn up_down_inc(
    slf: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: by this function's contract.
    let call = unsafe { Call::new(slf, args, nargs, names) };
    // SAFETY: as above.
    unsafe { change(call, &UP_DOWN_INC, true, Some) }
}

/// `UpDownCounter.dec(n=1)`
pub(super) unsafe extern "C" fn up_down_dec(
    slf: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: by this function's contract.
    let call = unsafe { Call::new(slf, args, nargs, names) };
    // SAFETY: as above.
    unsafe { change(call, &UP_DOWN_DEC, true, i64::checked_neg) }
}

/// `UpDownCounter.add(n)`
pub(super) unsafe extern "C" fn up_down_add(
    slf: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: by this function's contract.
    let call = unsafe { Call::new(slf, args, nargs, names) };
    // SAFETY: as above.
    unsafe { change(call, &UP_DOWN_ADD, false, Some) }
}

/// Adds what `of` makes of the argument, or of one where there may be none.
#[inline(always)]
unsafe fn change(
    call: Call,
    pyo3s: &PyO3s,
    has_default: bool,
    of: impl Fn(i64) -> Option<i64>,
) -> *mut PyObject {
    let n = match call.only() {
        // SAFETY: by the contract of the callers, here and below.
        Some(n) => unsafe { difference(call.py(), n) },
        None => (has_default && call.is_bare()).then_some(1),
    };
    let Some(n) = n.and_then(of) else {
        return pyo3s.call(call);
    };
    // SAFETY: as above.
    let counter: &PyUpDownCounter = unsafe { call.receiver() };
    gil::add(call.py(), &counter.handle, n);
    none(call.py())
}
