//! Exceptions that leave a block, counted.

use dynamometer::Counter;
use pyo3::exceptions::{PyBaseException, PyException};
use pyo3::prelude::*;
use pyo3::types::{PyTuple, PyType};

use super::guard;
use crate::error::invalid_type;
use crate::gil;

/// Counts the exceptions that leave a with block or a function, and lets them pass.
///
/// Made by Counter.count_exceptions. It may be entered any number of times, also at once.
#[pyclass(frozen, name = "ExceptionCount", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyExceptionCount {
    counter: Counter,
    /// A class, or a tuple of them.
    exceptions: Py<PyAny>,
}

impl PyExceptionCount {
    pub(super) fn new(
        py: Python<'_>,
        counter: Counter,
        exceptions: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let exceptions = match exceptions {
            Some(exceptions) => exceptions,
            None => py.get_type::<PyException>().into_any(),
        };
        let are_classes = match exceptions.cast::<PyTuple>() {
            Ok(several) => several.iter().all(|one| is_exception(&one)),
            Err(_) => is_exception(&exceptions),
        };
        if !are_classes {
            let said = exceptions.repr()?;
            let message =
                format!("exceptions of {said} can not be counted: it is no exception class");
            return Err(invalid_type(py, &message));
        }
        Ok(Self {
            counter,
            exceptions: exceptions.unbind(),
        })
    }
}

fn is_exception(class: &Bound<'_, PyAny>) -> bool {
    let class = class.cast::<PyType>();
    class.is_ok_and(|class| class.is_subclass_of::<PyBaseException>().unwrap_or(false))
}

#[pymethods]
impl PyExceptionCount {
    fn __enter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __exit__(
        &self,
        py: Python<'_>,
        class: &Bound<'_, PyAny>,
        exception: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        if !class.is_none() && exception.is_instance(self.exceptions.bind(py))? {
            gil::inc(py, &self.counter, 1);
        }
        Ok(())
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
