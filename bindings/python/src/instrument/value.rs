//! What distributions read as: the classes of `dynamometer.values`.

use dynamometer::{ExponentialCounts, ExponentialValue, HistogramValue};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple, PyType};

/// A `HistogramValue` of Python.
pub(crate) fn histogram<'py>(
    py: Python<'py>,
    value: &HistogramValue,
) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = CLASS.import(py, "dynamometer.values", "HistogramValue")?;
    let buckets = PyTuple::new(py, value.cumulative().collect::<Vec<_>>())?;
    class.call1((value.count(), value.sum(), buckets))
}

/// An `ExponentialValue` of Python.
pub(crate) fn exponential<'py>(
    py: Python<'py>,
    value: &ExponentialValue,
) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = CLASS.import(py, "dynamometer.values", "ExponentialValue")?;
    class.call1((
        value.count(),
        value.sum(),
        value.schema(),
        value.zero_threshold(),
        value.zero_count(),
        filled(py, value.positive_counts())?,
        filled(py, value.negative_counts())?,
    ))
}

/// The buckets that are not empty, by their index.
fn filled<'py>(py: Python<'py>, counts: &ExponentialCounts) -> PyResult<Bound<'py, PyDict>> {
    let filled = PyDict::new(py);
    for (index, &count) in (counts.first()..).zip(counts.counts()) {
        if count > 0 {
            filled.set_item(index, count)?;
        }
    }
    Ok(filled)
}
