//! One interpreter for each process: the cells belong to its GIL.
#![allow(unsafe_code, reason = "asks CPython which interpreter this is")]

use pyo3::exceptions::PyImportError;
use pyo3::ffi;
use pyo3::prelude::*;

/// The number of the interpreter that a process starts with.
const MAIN: i64 = 0;

/// Refuses to be imported into a sub-interpreter.
///
/// From CPython 3.12 on the import itself does; before that it succeeds, and two
/// interpreters would share objects.
pub(crate) fn refuse_others(_: Python<'_>) -> PyResult<()> {
    // SAFETY: the thread is attached, so it has an interpreter.
    let interpreter = unsafe { ffi::PyInterpreterState_Get() };
    // SAFETY: it is the interpreter of this thread, which runs.
    let id = unsafe { ffi::PyInterpreterState_GetID(interpreter) };
    if id == MAIN {
        Ok(())
    } else {
        Err(PyImportError::new_err(format!(
            "dynamometer can not be imported into sub-interpreter {id}: \
             use it in the process's main interpreter"
        )))
    }
}
