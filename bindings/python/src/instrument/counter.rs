//! A count of things that happened.

use std::sync::Arc;

use dynamometer::Counter;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::exemplar::Labels;
use super::{Described, PyExceptionCount};
use crate::{gil, label, number};

/// What to use for what is no number of things.
const INSTEAD: &str = "a counter counts whole things and only grows; \
                       use float_counter for amounts, up_down_counter for what falls";

/// A number of things that only grows.
///
/// Made by Container.counter, and by labels() of a family. Up to 2**64 - 1, then it wraps.
#[pyclass(frozen, name = "Counter", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyCounter {
    pub(crate) handle: Counter,
    pub(crate) of: Arc<Described>,
}

#[pymethods]
impl PyCounter {
    /// Add n things, one where nothing is said.
    ///
    /// An exemplar is a mapping of labels that lead to the cause, such as a trace id; it is
    /// kept where the family was declared with exemplars.
    #[pyo3(signature = (n=None, exemplar=None), text_signature = "($self, n=1, exemplar=None)")]
    fn inc(
        &self,
        py: Python<'_>,
        n: Option<&Bound<'_, PyAny>>,
        exemplar: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let n = match n {
            Some(n) => number::count(&self.of.name, n, INSTEAD)?,
            None => 1,
        };
        match exemplar {
            None => gil::inc(py, &self.handle, n),
            Some(exemplar) => {
                let labels = Labels::read(exemplar)?;
                labels.with(|labels| self.handle.inc_by_with_exemplar(n, labels));
            }
        }
        Ok(())
    }

    /// Make the value total, to mirror a counter that is kept elsewhere.
    ///
    /// Where it falls, the counter elsewhere began anew, and so does this one.
    fn set_total(&self, total: &Bound<'_, PyAny>) -> PyResult<()> {
        let total = number::count(&self.of.name, total, INSTEAD)?;
        self.handle.set_total(total);
        Ok(())
    }

    /// Count the exceptions that leave a with block or a function.
    ///
    /// Only those of the given class or classes; Exception where nothing is said.
    #[pyo3(signature = (exceptions=None), text_signature = "($self, exceptions=Exception)")]
    fn count_exceptions(
        &self,
        py: Python<'_>,
        exceptions: Option<Bound<'_, PyAny>>,
    ) -> PyResult<PyExceptionCount> {
        PyExceptionCount::new(py, self.handle.clone(), exceptions)
    }

    /// The sum over all threads and languages; a cold read.
    #[getter]
    fn value(&self) -> u64 {
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
            handle: Counter::detached(),
            of: Described::detached("Counter"),
        }
    }

    fn __repr__(&self) -> String {
        self.of.repr(&self.handle, self.value())
    }
}
