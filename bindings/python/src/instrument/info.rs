//! Facts that are told in labels.

use std::sync::Arc;

use dynamometer::Info;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::Described;
use crate::label;

/// Facts as labels of a series whose value is always 1.
///
/// Made by Container.info, and by labels() of a family. There is nothing to record.
#[pyclass(frozen, name = "Info", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyInfo {
    pub(crate) handle: Info,
    pub(crate) of: Arc<Described>,
}

#[pymethods]
impl PyInfo {
    /// The family's name, as exposed.
    #[getter]
    fn name(&self) -> &str {
        &self.of.name
    }

    /// The labels of the series, which are the facts.
    #[getter]
    fn labels<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        label::of_series(py, &self.handle)
    }

    fn __repr__(&self) -> String {
        self.of.repr(&self.handle, 1)
    }
}
