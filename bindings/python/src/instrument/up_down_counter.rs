//! A count of things that come and go.

use std::sync::Arc;

use dynamometer::UpDownCounter;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{Described, PyInFlight};
use crate::error::invalid_value;
use crate::{gil, label, number};

/// What to use for what is no number of things.
const INSTEAD: &str = "an up-down counter counts whole things; use gauge for measurements";

/// A count of things that come and go, such as requests in flight.
///
/// Made by Container.up_down_counter, and by labels() of a family. A signed number of 64 bits.
#[pyclass(frozen, name = "UpDownCounter", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyUpDownCounter {
    pub(crate) handle: UpDownCounter,
    pub(crate) of: Arc<Described>,
}

#[pymethods]
impl PyUpDownCounter {
    /// Add n things, one where nothing is said; n may be negative.
    #[pyo3(signature = (n=None), text_signature = "($self, n=1)")]
    fn inc(&self, py: Python<'_>, n: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        let n = match n {
            Some(n) => number::difference(&self.of.name, n, INSTEAD)?,
            None => 1,
        };
        gil::add(py, &self.handle, n);
        Ok(())
    }

    /// Take n things away, one where nothing is said; n may be negative.
    #[pyo3(signature = (n=None), text_signature = "($self, n=1)")]
    fn dec(&self, py: Python<'_>, n: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        let n = match n {
            Some(n) => number::difference(&self.of.name, n, INSTEAD)?,
            None => 1,
        };
        let less = n.checked_neg().ok_or_else(|| {
            let name = &self.of.name;
            invalid_value(py, &format!("{name:?} can not record {n}: {INSTEAD}"))
        })?;
        gil::add(py, &self.handle, less);
        Ok(())
    }

    /// Add n things, which may be negative.
    fn add(&self, py: Python<'_>, n: &Bound<'_, PyAny>) -> PyResult<()> {
        let n = number::difference(&self.of.name, n, INSTEAD)?;
        gil::add(py, &self.handle, n);
        Ok(())
    }

    /// Count one thing while a with block or a function runs.
    fn in_flight(&self) -> PyInFlight {
        PyInFlight::new(self.handle.clone())
    }

    /// The sum over all threads and languages; a cold read.
    #[getter]
    fn value(&self) -> i64 {
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

    /// A count that is in no container: it counts, and nobody sees it.
    #[staticmethod]
    fn detached() -> Self {
        Self {
            handle: UpDownCounter::detached(),
            of: Described::detached("UpDownCounter"),
        }
    }

    fn __repr__(&self) -> String {
        self.of.repr(&self.handle, self.value())
    }
}
