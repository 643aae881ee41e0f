//! The hot methods of amounts and measurements.
#![allow(unsafe_code, reason = "functions that CPython calls")]

use dynamometer::Gauge;
use pyo3::ffi::{Py_ssize_t, PyObject};

use super::method::{Call, PyO3s, none};
use super::number::amount;
use crate::gil;
use crate::instrument::{PyFloatCounter, PyGauge};

pub(super) static FLOAT_INC: PyO3s = PyO3s::new();
pub(super) static GAUGE_SET: PyO3s = PyO3s::new();
pub(super) static GAUGE_INC: PyO3s = PyO3s::new();
pub(super) static GAUGE_DEC: PyO3s = PyO3s::new();

/// `FloatCounter.inc(amount=1.0)`
///
/// # Safety
///
/// Called by `CPython` as a method of `FloatCounter`.
pub(super) unsafe extern "C" fn float_inc(
    slf: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: by this function's contract, here and below.
    let call = unsafe { Call::new(slf, args, nargs, names) };
    // SAFETY: as above.
    let Some(by) = (unsafe { amount_or_one(call) }) else {
        return FLOAT_INC.call(call);
    };
    // SAFETY: as above.
    let counter: &PyFloatCounter = unsafe { call.receiver() };
    gil::inc_float(call.py(), &counter.handle, by);
    none(call.py())
}

/// `Gauge.set(value)`
///
/// # Safety
///
/// Called by `CPython` as a method of `Gauge`, here and below.
pub(super) unsafe extern "C" fn gauge_set(
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
        return GAUGE_SET.call(call);
    };
    // SAFETY: as above.
    let gauge: &PyGauge = unsafe { call.receiver() };
    gil::set(call.py(), &gauge.handle, value);
    none(call.py())
}

/// `Gauge.inc(amount=1.0)`
pub(super) unsafe extern "C" fn gauge_inc(
    slf: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: by this function's contract.
    let call = unsafe { Call::new(slf, args, nargs, names) };
    // SAFETY: as above.
    unsafe { change(call, &GAUGE_INC, Gauge::inc) }
}

/// `Gauge.dec(amount=1.0)`
pub(super) unsafe extern "C" fn gauge_dec(
    slf: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: by this function's contract.
    let call = unsafe { Call::new(slf, args, nargs, names) };
    // SAFETY: as above.
    unsafe { change(call, &GAUGE_DEC, Gauge::dec) }
}

#[inline(always)]
unsafe fn change(call: Call, pyo3s: &PyO3s, change: impl Fn(&Gauge, f64)) -> *mut PyObject {
    // SAFETY: by the contract of the callers, here and below.
    let Some(by) = (unsafe { amount_or_one(call) }) else {
        return pyo3s.call(call);
    };
    // SAFETY: as above.
    let gauge: &PyGauge = unsafe { call.receiver() };
    change(&gauge.handle, by);
    none(call.py())
}

/// The one argument, or 1 where there is none.
#[inline(always)]
unsafe fn amount_or_one(call: Call) -> Option<f64> {
    match call.only() {
        // SAFETY: by the contract of the callers.
        Some(by) => unsafe { amount(call.py(), by) },
        None => call.is_bare().then_some(1.0),
    }
}
