//! What detaches a source.

use std::sync::atomic::{AtomicBool, Ordering};

use dynamometer::Container;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// A source of metrics on a container's page; detaches it, and in a with block at its end.
///
/// A source stays attached where this object is not kept.
#[pyclass(frozen, name = "AttachedSource", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyAttachedSource {
    container: Container,
    name: String,
    is_attached: AtomicBool,
}

impl PyAttachedSource {
    pub(super) fn new(container: Container, name: String) -> Self {
        Self {
            container,
            name,
            is_attached: AtomicBool::new(true),
        }
    }
}

#[pymethods]
impl PyAttachedSource {
    /// The value of the label `source` in `dynamometer_source_up`.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// Take its metrics off the page. A read that is under way ends in vain.
    fn detach(&self) {
        if self.is_attached.swap(false, Ordering::Relaxed) {
            self.container.remove_source(&self.name);
        }
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, _exception: &Bound<'_, PyTuple>) {
        self.detach();
    }

    fn __repr__(&self) -> String {
        let state = if self.is_attached.load(Ordering::Relaxed) {
            ""
        } else {
            ", detached"
        };
        format!("<AttachedSource {:?}{state}>", self.name)
    }
}
