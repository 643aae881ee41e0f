//! Label values of Python: texts, and what has one text only.

use std::borrow::Cow;

use dynamometer::SeriesLabels;
use dynamometer::binding::Cells;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyString};

use crate::error::{invalid_type, invalid_value};

/// The text of a label value: a `str`, an `int`, or a `bool` as Rust writes it.
///
/// # Errors
///
/// `InvalidTypeError` for anything else, and `InvalidValueError` for a text that is no
/// Unicode.
pub(crate) fn value<'v>(label: &str, value: &'v Bound<'_, PyAny>) -> PyResult<Cow<'v, str>> {
    let py = value.py();
    if let Ok(text) = value.cast::<PyString>() {
        return match text.to_str() {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => Err(invalid_value(
                py,
                &format!(
                    "label {label:?} can not be {}: it is no Unicode",
                    value.repr()?
                ),
            )),
        };
    }
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(Cow::Borrowed(if truth.is_true() {
            "true"
        } else {
            "false"
        }));
    }
    let index = match value.cast::<PyInt>() {
        Ok(index) => Some(index.as_any().clone()),
        Err(_) => value.call_method0("__index__").ok(),
    };
    if let Some(index) = index {
        let decimal = py
            .get_type::<PyInt>()
            .getattr("__repr__")?
            .call1((index,))?;
        return Ok(Cow::Owned(decimal.extract()?));
    }
    let of = value.get_type().name()?.to_string();
    let message =
        format!("label {label:?} can not be a {of}: use a str, an int or a bool, or str() of it");
    Err(invalid_type(py, &message))
}

/// The labels of a handle's series, constant ones among them.
pub(crate) fn of_series<'py, H: Cells>(
    py: Python<'py>,
    handle: &H,
) -> PyResult<Bound<'py, PyDict>> {
    let labels = PyDict::new(py);
    if let Some(series) = handle.series() {
        fill(&labels, SeriesLabels::of_text(series.text()))?;
    }
    Ok(labels)
}

/// Adds labels to a dictionary.
pub(crate) fn fill(into: &Bound<'_, PyDict>, labels: SeriesLabels<'_>) -> PyResult<()> {
    for (name, value) in labels.iter() {
        into.set_item(name, &*value)?;
    }
    Ok(())
}
