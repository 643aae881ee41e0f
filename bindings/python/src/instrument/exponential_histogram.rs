//! A distribution over buckets that need not be chosen.

use std::sync::Arc;

use dynamometer::ExponentialHistogram;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::exemplar::Labels;
use super::timer::Target;
use super::{Described, PyTimer, many, value};
use crate::{gil, label, number};

/// Observations counted in buckets that grow with the value.
///
/// Made by Container.exponential_histogram, and by labels() of a family. Quantiles are
/// right within 5 % where nothing else is said. NaN and negative values are dropped and counted in
/// dynamometer_dropped_samples_total, unless the layout is signed.
#[pyclass(frozen, name = "ExponentialHistogram", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyExponentialHistogram {
    pub(crate) handle: ExponentialHistogram,
    pub(crate) of: Arc<Described>,
}

#[pymethods]
impl PyExponentialHistogram {
    /// Count a value.
    ///
    /// An exemplar is a mapping of labels that lead to the cause, such as a trace id; it is
    /// kept where the family was declared with exemplars.
    #[pyo3(signature = (value, exemplar=None))]
    fn observe(
        &self,
        py: Python<'_>,
        value: &Bound<'_, PyAny>,
        exemplar: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let value = number::amount(&self.of.name, value)?;
        match exemplar {
            None => gil::observe(py, &self.handle, value, 1),
            Some(exemplar) => {
                let labels = Labels::read(exemplar)?;
                labels.with(|labels| self.handle.observe_with_exemplar(value, labels));
            }
        }
        Ok(())
    }

    /// Count a value n times, at the cost of once.
    fn observe_n(
        &self,
        py: Python<'_>,
        value: &Bound<'_, PyAny>,
        n: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        let value = number::amount(&self.of.name, value)?;
        let n = number::count(&self.of.name, n, "n is how often the value counts")?;
        gil::observe(py, &self.handle, value, n);
        Ok(())
    }

    /// Count each value of a list, an array, a buffer of numbers, or an iterable.
    ///
    /// All or nothing where one of them is no number.
    fn observe_many(&self, py: Python<'_>, values: &Bound<'_, PyAny>) -> PyResult<()> {
        many::observe(py, &self.handle, &self.of.name, values)
    }

    /// Time a with block or a function, in seconds.
    ///
    /// As a decorator it times coroutines until they are done, and generators until they are
    /// exhausted or closed.
    fn time(slf: Bound<'_, Self>) -> PyTimer {
        PyTimer::new(Target::Exponential(slf.unbind()))
    }

    /// Buckets, sum and count over all threads and languages; a cold read.
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        value::exponential(py, &self.handle.get_value())
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
        let value = self.handle.get_value();
        let said = format!("count={} sum={}", value.count(), value.sum());
        self.of.repr(&self.handle, said)
    }
}
