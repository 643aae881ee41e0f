//! The hot method of histograms.
#![allow(unsafe_code, reason = "functions that CPython calls")]

use pyo3::ffi::{Py_ssize_t, PyObject};

use super::method::{Call, PyO3s, none};
use super::number::amount;
use crate::gil;
use crate::instrument::{PyExponentialHistogram, PyHistogram};

pub(super) static EXPLICIT: PyO3s = PyO3s::new();
pub(super) static EXPONENTIAL: PyO3s = PyO3s::new();

/// `Histogram.observe(value, exemplar=None)`
///
/// # Safety
///
/// Called by `CPython` as a method of `Histogram`.
pub(super) unsafe extern "C" fn explicit(
    slf: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: by this function's contract, here and below.
    let call = unsafe { Call::new(slf, args, nargs, names) };
    // SAFETY: as above.
    let value = call
        .only()
        .and_then(|value| unsafe { amount(call.py(), value) });
    let Some(value) = value else {
        return EXPLICIT.call(call);
    };
    // SAFETY: as above.
    let histogram: &PyHistogram = unsafe { call.receiver() };
    gil::observe(call.py(), &histogram.handle, value, 1);
    none(call.py())
}

/// `ExponentialHistogram.observe(value, exemplar=None)`
///
/// # Safety
///
/// Called by `CPython` as a method of `ExponentialHistogram`.
pub(super) unsafe extern "C" fn exponential(
    slf: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: by this function's contract, here and below.
    let call = unsafe { Call::new(slf, args, nargs, names) };
    // SAFETY: as above.
    let value = call
        .only()
        .and_then(|value| unsafe { amount(call.py(), value) });
    let Some(value) = value else {
        return EXPONENTIAL.call(call);
    };
    // SAFETY: as above.
    let histogram: &PyExponentialHistogram = unsafe { call.receiver() };
    gil::observe(call.py(), &histogram.handle, value, 1);
    none(call.py())
}
