//! A value that is set.

use std::sync::Arc;

use dynamometer::{Clock, Gauge};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::Described;
use crate::{gil, label, number};

/// A measurement that goes up and down; the last set wins. NaN is kept.
///
/// Made by Container.gauge, and by labels() of a family. inc and dec are atomic, and cost more
/// than set; for a count of things that come and go an UpDownCounter is cheaper.
#[pyclass(frozen, name = "Gauge", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyGauge {
    pub(crate) handle: Gauge,
    pub(crate) of: Arc<Described>,
}

impl PyGauge {
    fn amount(&self, amount: Option<&Bound<'_, PyAny>>) -> PyResult<f64> {
        match amount {
            Some(amount) => number::amount(&self.of.name, amount),
            None => Ok(1.0),
        }
    }
}

#[pymethods]
impl PyGauge {
    /// Set the value.
    fn set(&self, py: Python<'_>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        gil::set(py, &self.handle, number::amount(&self.of.name, value)?);
        Ok(())
    }

    /// Add an amount, 1 where nothing is said.
    #[pyo3(signature = (amount=None), text_signature = "($self, amount=1.0)")]
    fn inc(&self, amount: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        self.handle.inc(self.amount(amount)?);
        Ok(())
    }

    /// Take an amount away, 1 where nothing is said.
    #[pyo3(signature = (amount=None), text_signature = "($self, amount=1.0)")]
    fn dec(&self, amount: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        self.handle.dec(self.amount(amount)?);
        Ok(())
    }

    /// Set the value to now, in seconds since the Unix epoch.
    fn set_to_current_time(&self) {
        self.handle.set(Clock::system().unix_time().as_secs_f64());
    }

    /// The value.
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

    /// A gauge that is in no container: it can be set, and nobody sees it.
    #[staticmethod]
    fn detached() -> Self {
        Self {
            handle: Gauge::detached(),
            of: Described::detached("Gauge"),
        }
    }

    fn __repr__(&self) -> String {
        self.of.repr(&self.handle, self.value())
    }
}
