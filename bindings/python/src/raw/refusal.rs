//! Pickling and copying: refused, with what to do instead.
#![allow(unsafe_code, reason = "a function that CPython calls")]

use std::ptr;

use pyo3::ffi::{self, Py_ssize_t, PyCFunctionFastWithKeywords, PyObject};
use pyo3::prelude::*;
use pyo3::types::PyType;

use super::method::Method;
use crate::error::invalid_type;

/// What copy and pickle ask every object for.
const NAME: &str = "__reduce_ex__";

/// Lets no object of these classes be copied or pickled.
pub(super) fn refuse_copies(class: &Bound<'_, PyType>) -> PyResult<()> {
    let refuse: PyCFunctionFastWithKeywords = refuse;
    let doc = "Refuse to be copied or pickled: the cells belong to this process.";
    Method::new(NAME, "($self, protocol, /)", doc, refuse)?.attach(class, NAME)
}

/// `object.__reduce_ex__(protocol)`
///
/// # Safety
///
/// Called by `CPython` as a method.
unsafe extern "C" fn refuse(
    slf: *mut PyObject,
    _: *const *mut PyObject,
    _: Py_ssize_t,
    _: *mut PyObject,
) -> *mut PyObject {
    Python::attach(|py| {
        // SAFETY: an object that lives as long as the call.
        let object = unsafe { Bound::from_borrowed_ptr(py, slf) };
        let said = object
            .repr()
            .map_or_else(|_| String::from("it"), |said| said.to_string());
        let message = format!(
            "{said} can not be copied or pickled: its cells belong to this process; \
             declare the metric where it is used, by the same name"
        );
        invalid_type(py, &message).restore(py);
    });
    ptr::null_mut::<ffi::PyObject>()
}
