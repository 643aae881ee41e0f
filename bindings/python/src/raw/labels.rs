//! The hot method of families: look-ups of series that Python has objects for.
#![allow(unsafe_code, reason = "a function that CPython calls")]

use std::{ptr, slice, str};

use pyo3::ffi::{self, Py_ssize_t, PyObject};

use super::method::{Call, PyO3s};
use crate::family::{MOST_RECENT_LABELS as MOST, PyFamily};

pub(super) static LABELS: PyO3s = PyO3s::new();

/// `Family.labels(*values, **labels)`
///
/// # Safety
///
/// Called by `CPython` as a method of `Family`.
pub(super) unsafe extern "C" fn labels(
    slf: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: by this function's contract, here and below.
    let call = unsafe { Call::new(slf, args, nargs, names) };
    // SAFETY: as above.
    let family: &PyFamily = unsafe { call.receiver() };
    let found = if names.is_null() {
        // SAFETY: as above.
        unsafe { find(call, family, call.positional()) }
    } else {
        let mut ordered = [ptr::null_mut(); MOST];
        // SAFETY: as above.
        match unsafe { in_order(call, family, &mut ordered) } {
            // SAFETY: as above.
            Some(values) => unsafe { find(call, family, values) },
            None => None,
        }
    };
    found.unwrap_or_else(|| LABELS.call(call))
}

/// The object for these values, where there is one.
#[inline(always)]
unsafe fn find(call: Call, family: &PyFamily, values: &[*mut PyObject]) -> Option<*mut PyObject> {
    if values.len() != family.interned().len() {
        return None;
    }
    let recent = family.recent(call.py())?;
    if let Some(object) = recent.get(values) {
        return Some(object.clone_ref(call.py()).into_ptr());
    }
    // SAFETY: by the contract of the caller.
    unsafe { find_by_text(call, family, values) }
}

#[inline(never)]
unsafe fn find_by_text(
    call: Call,
    family: &PyFamily,
    values: &[*mut PyObject],
) -> Option<*mut PyObject> {
    let mut texts = [""; MOST];
    let texts = texts.get_mut(..values.len())?;
    for (text, &value) in texts.iter_mut().zip(values) {
        // SAFETY: by the contract of the caller; the text lives as long as the value.
        *text = unsafe { text_of(value) }?;
    }
    let (object, series) = family.known(call.py(), texts)?;
    let recent = family.recent(call.py())?;
    // SAFETY: the values are live texts, as many as the family has labels.
    unsafe { recent.put(call.py(), values, &object, series) };
    Some(object.into_ptr())
}

/// The text of an exact `str`; no error is set where it is none.
unsafe fn text_of<'v>(value: *mut PyObject) -> Option<&'v str> {
    let mut length = 0;
    // SAFETY: `value` is an object of an attached thread, here and below.
    if unsafe { ffi::PyUnicode_CheckExact(value) } == 0 {
        return None;
    }
    // SAFETY: as above.
    let text = unsafe { ffi::PyUnicode_AsUTF8AndSize(value, &raw mut length) };
    if text.is_null() {
        // SAFETY: as above.
        unsafe { ffi::PyErr_Clear() };
        return None;
    }
    // SAFETY: so many bytes of UTF-8, which the object keeps.
    let bytes = unsafe { slice::from_raw_parts(text.cast::<u8>(), length.cast_unsigned()) };
    // SAFETY: as above.
    Some(unsafe { str::from_utf8_unchecked(bytes) })
}

/// Arguments by name, in the order of the family's label names.
///
/// Names are compared by identity: those in source code are interned, as the family's
/// are. Others go the long way.
#[inline(always)]
unsafe fn in_order<'o>(
    call: Call,
    family: &PyFamily,
    ordered: &'o mut [*mut PyObject; MOST],
) -> Option<&'o [*mut PyObject]> {
    let labels = family.interned();
    let ordered = ordered.get_mut(..labels.len())?;
    // SAFETY: `names` is a tuple, by the contract of the caller.
    let count = unsafe { ffi::PyTuple_Size(call.names()) }.cast_unsigned();
    if count != labels.len() || !call.positional().is_empty() {
        return None;
    }
    // SAFETY: there are so many names.
    let values = unsafe { call.named(count) };
    for (at, &value) in values.iter().enumerate() {
        // SAFETY: as above, and below the size.
        let name = unsafe { ffi::PyTuple_GetItem(call.names(), at.cast_signed()) };
        // Most write the labels in the family's order.
        let is_in_place = labels[at].as_ptr() == name;
        let place = if is_in_place {
            at
        } else {
            labels.iter().position(|label| label.as_ptr() == name)?
        };
        ordered[place] = value;
    }
    // A name can not be there twice, so each place was filled.
    Some(ordered)
}
