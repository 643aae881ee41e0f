//! The hot methods of timers: what a with block calls.
#![allow(unsafe_code, reason = "functions that CPython calls")]

use pyo3::ffi::{self, Py_ssize_t, PyObject};

use super::method::{Call, PyO3s, none};
use crate::instrument::PyTimer;

pub(super) static ENTER: PyO3s = PyO3s::new();
pub(super) static EXIT: PyO3s = PyO3s::new();

/// `Timer.__enter__()`
///
/// # Safety
///
/// Called by `CPython` as a method of `Timer`, here and below.
pub(super) unsafe extern "C" fn enter(
    slf: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: by this function's contract, here and below.
    let call = unsafe { Call::new(slf, args, nargs, names) };
    if !call.is_bare() {
        return ENTER.call(call);
    }
    // SAFETY: as above.
    let timer: &PyTimer = unsafe { call.receiver() };
    timer.start();
    // SAFETY: as above; the caller gets a reference of its own.
    unsafe { ffi::Py_NewRef(slf) }
}

/// `Timer.__exit__(class, exception, traceback)`
pub(super) unsafe extern "C" fn exit(
    slf: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: by this function's contract, here and below.
    let call = unsafe { Call::new(slf, args, nargs, names) };
    if call.positional().len() != 3 || !call.names().is_null() {
        return EXIT.call(call);
    }
    // SAFETY: as above.
    let timer: &PyTimer = unsafe { call.receiver() };
    timer.stop(call.py());
    none(call.py())
}
