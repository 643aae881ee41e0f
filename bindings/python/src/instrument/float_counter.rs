//! An amount that grows.

use std::sync::Arc;

use dynamometer::FloatCounter;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::Described;
use crate::{gil, label, number};

/// An amount that only grows: seconds spent, joules used.
///
/// Made by Container.float_counter, and by labels() of a family. Negative and NaN amounts are
/// dropped and counted in dynamometer_dropped_samples_total.
#[pyclass(frozen, name = "FloatCounter", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyFloatCounter {
    pub(crate) handle: FloatCounter,
    pub(crate) of: Arc<Described>,
}

#[pymethods]
impl PyFloatCounter {
    /// Add an amount, 1 where nothing is said.
    #[pyo3(signature = (amount=None), text_signature = "($self, amount=1.0)")]
    fn inc(&self, py: Python<'_>, amount: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        let amount = match amount {
            Some(amount) => number::amount(&self.of.name, amount)?,
            None => 1.0,
        };
        gil::inc_float(py, &self.handle, amount);
        Ok(())
    }

    /// Make the value total, to mirror a counter that is kept elsewhere.
    ///
    /// Where it falls, the counter elsewhere began anew, and so does this one.
    fn set_total(&self, total: &Bound<'_, PyAny>) -> PyResult<()> {
        self.handle.set_total(number::amount(&self.of.name, total)?);
        Ok(())
    }

    /// The sum over all threads and languages; a cold read.
    #[getter]
    fn value(&self) -> f64 {
        self.handle.get_value()
    }

    /// The family's name, as exposed.
    #[getter]
    fn name(&self) -> &str {
        &self.of.name
    }

    /// The labels of the series, constant ones among them.
    #[getter]
    fn labels<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        label::of_series(py, &self.handle)
    }

    /// A counter that is in no container: it counts, and nobody sees it.
    #[staticmethod]
    fn detached() -> Self {
        Self {
            handle: FloatCounter::detached(),
            of: Described::detached("FloatCounter"),
        }
    }

    fn __repr__(&self) -> String {
        self.of.repr(&self.handle, self.value())
    }
}
