//! Objects that stand around a block: as decorators, a new one for each call.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// A function that runs in a with block of its own at each call.
///
/// `made` makes what the block is with. `dynamometer.decorate` tells functions from coroutines
/// and generators.
pub(super) fn around<'py>(
    function: &Bound<'py, PyAny>,
    made: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    static AROUND: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let around = AROUND.import(function.py(), "dynamometer.decorate", "around")?;
    around.call1((function, made))
}
