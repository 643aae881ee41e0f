//! A scope for a block, which takes its series with it.

use std::sync::{Mutex, PoisonError};

use dynamometer::OwnedScope;
use pyo3::prelude::*;

use super::PyContainer;

/// A scope for a with block, whose series and sources are removed when the block ends.
///
/// Made by Container.owned_scope. Instruments that outlive it record on, and nobody sees it.
#[pyclass(frozen, name = "OwnedScope", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyOwnedScope {
    scope: Mutex<Option<OwnedScope>>,
    container: dynamometer::Container,
    service: String,
}

impl PyOwnedScope {
    pub(super) fn new(scope: OwnedScope, service: &str) -> Self {
        Self {
            container: scope.clone(),
            scope: Mutex::new(Some(scope)),
            service: service.to_owned(),
        }
    }
}

#[pymethods]
impl PyOwnedScope {
    fn __enter__(&self) -> PyContainer {
        PyContainer::over(self.container.clone(), &self.service)
    }

    fn __exit__(
        &self,
        _class: &Bound<'_, PyAny>,
        _exception: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) {
        self.close();
    }

    /// Remove the series and sources now.
    fn close(&self) {
        let scope = self
            .scope
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        drop(scope);
    }
}
