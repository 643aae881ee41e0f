//! One value of the drop-in: `prometheus_client.values.MutexValue`.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyTuple};

use super::cells::{self, Cells};

/// A float that any thread may add to.
///
/// Takes what a value class of `prometheus_client` takes, and needs none of it.
/// It lives in a cell that a child of `fork` inherits.
#[pyclass(
    name = "MutexValue",
    module = "dynamometer.prometheus.values",
    subclass,
    frozen
)]
#[derive(Debug)]
pub(crate) struct Value {
    cells: Arc<Cells>,
    index: usize,
    exemplar: Mutex<Option<Py<PyAny>>>,
}

impl Value {
    /// The value in cell `index` of a row.
    pub(crate) fn of(cells: Arc<Cells>, index: usize) -> Self {
        Self {
            cells,
            index,
            exemplar: Mutex::new(None),
        }
    }

    /// The address of the cell, for the recording path.
    pub(crate) fn cell(&self) -> *mut std::sync::atomic::AtomicU64 {
        self.cells.at(self.index)
    }

    pub(crate) fn has_exemplar(&self) -> bool {
        let exemplar = self.exemplar.lock();
        exemplar.unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

#[pymethods]
impl Value {
    #[classattr]
    fn _multiprocess() -> bool {
        false
    }

    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self::of(Arc::new(Cells::take(1)), 0)
    }

    /// Adds an amount, which may be negative.
    fn inc(&self, amount: &Bound<'_, PyAny>) -> PyResult<()> {
        let cell = &self.cells.all()[self.index];
        if let Ok(amount) = amount.cast::<PyFloat>() {
            cells::add_among_others(cell, amount.value());
            return Ok(());
        }
        // What a number of another kind adds is for that kind to say.
        cells::change(cell, |now| {
            let sum = PyFloat::new(amount.py(), now).as_any().add(amount)?;
            sum.extract()
        })
    }

    /// Sets the value; the time is for files that several processes write.
    #[pyo3(signature = (value, timestamp = None))]
    fn set(&self, value: f64, timestamp: Option<&Bound<'_, PyAny>>) {
        let _ = timestamp;
        cells::set(&self.cells.all()[self.index], value);
    }

    /// Returns the value.
    fn get(&self) -> f64 {
        self.cells.get(self.index)
    }

    /// Keeps an exemplar in the place of the last one.
    fn set_exemplar(&self, exemplar: Option<Py<PyAny>>) {
        let mut place = self.exemplar.lock().unwrap_or_else(PoisonError::into_inner);
        let former = std::mem::replace(&mut *place, exemplar);
        drop(place);
        // Dropped without the lock: that may run code of the user.
        drop(former);
    }

    /// Returns the last exemplar.
    fn get_exemplar(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        let place = self.exemplar.lock().unwrap_or_else(PoisonError::into_inner);
        place.as_ref().map(|exemplar| exemplar.clone_ref(py))
    }

    #[getter(_value)]
    fn current(&self) -> f64 {
        self.get()
    }

    #[getter(_exemplar)]
    fn last_exemplar(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.get_exemplar(py)
    }
}
