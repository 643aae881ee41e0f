//! One thing in flight, counted while a block runs.

use dynamometer::UpDownCounter;
use pyo3::prelude::*;

use super::guard;
use crate::gil;

/// Counts one thing while a with block or a function runs.
///
/// Made by UpDownCounter.in_flight. It may be entered any number of times, also at once.
#[pyclass(frozen, name = "InFlight", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyInFlight {
    counter: UpDownCounter,
}

impl PyInFlight {
    pub(super) fn new(counter: UpDownCounter) -> Self {
        Self { counter }
    }
}

#[pymethods]
impl PyInFlight {
    fn __enter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        gil::add(slf.py(), &slf.get().counter, 1);
        slf
    }

    fn __exit__(
        &self,
        py: Python<'_>,
        _class: &Bound<'_, PyAny>,
        _exception: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) {
        gil::add(py, &self.counter, -1);
    }

    /// The same: it has no state of its own.
    fn anew(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __call__<'py>(
        slf: &Bound<'py, Self>,
        function: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guard::around(function, &slf.getattr("anew")?)
    }
}
