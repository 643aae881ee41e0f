//! States of which each is on or off.

use std::sync::Arc;

use dynamometer::StateSet;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::Described;
use crate::label;

/// Up to 64 states, each on or off.
///
/// Made by Container.state_set, and by labels() of a family. A state that the set does not have
/// changes nothing, and is counted in dynamometer_dropped_samples_total.
#[pyclass(frozen, name = "StateSet", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyStateSet {
    pub(crate) handle: StateSet,
    pub(crate) of: Arc<Described>,
}

#[pymethods]
impl PyStateSet {
    /// Turn one state on and all others off, at once.
    fn set_only(&self, state: &Bound<'_, PyAny>) -> PyResult<()> {
        self.handle.set_only(&*label::value("state", state)?);
        Ok(())
    }

    /// Turn a state on, and leave the others as they are.
    fn enable(&self, state: &Bound<'_, PyAny>) -> PyResult<()> {
        self.handle.enable(&*label::value("state", state)?);
        Ok(())
    }

    /// Turn a state off, and leave the others as they are.
    fn disable(&self, state: &Bound<'_, PyAny>) -> PyResult<()> {
        self.handle.disable(&*label::value("state", state)?);
        Ok(())
    }

    /// True where the state is on; false for one that the set does not have.
    fn is_enabled(&self, state: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(self.handle.is_enabled(&*label::value("state", state)?))
    }

    /// The states that are on, all at one instant, in their order.
    #[getter]
    fn enabled(&self) -> Vec<String> {
        self.handle.enabled().map(str::to_owned).collect()
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

    fn __repr__(&self) -> String {
        let enabled: Vec<_> = self.handle.enabled().collect();
        self.of.repr(&self.handle, format!("{enabled:?}"))
    }
}
