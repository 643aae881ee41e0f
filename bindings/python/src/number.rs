//! Numbers of Python: exact floats, then ints, then whatever else is one.

use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt};

use crate::error::{invalid_type, invalid_value};

/// Reads an amount.
///
/// # Errors
///
/// `InvalidTypeError` for what is no number, `InvalidValueError` for an int that is
/// larger than any float.
pub(crate) fn amount(name: &str, value: &Bound<'_, PyAny>) -> PyResult<f64> {
    if let Ok(float) = value.cast_exact::<PyFloat>() {
        return Ok(float.value());
    }
    let py = value.py();
    value.extract::<f64>().map_err(|error| {
        if error.is_instance_of::<PyOverflowError>(py) {
            invalid_value(
                py,
                &format!("{name:?} can not record {value}: no float is so large"),
            )
        } else if error.is_instance_of::<PyTypeError>(py) {
            not_a_number(name, value)
        } else {
            error
        }
    })
}

/// Reads a number of things, not negative.
///
/// Floats without a fraction are one, as are integers of numpy.
///
/// # Errors
///
/// `InvalidTypeError` for what is no number, `InvalidValueError` for one that is not
/// whole, negative or beyond 64 bits. `instead` says what to use for those.
pub(crate) fn count(name: &str, value: &Bound<'_, PyAny>, instead: &str) -> PyResult<u64> {
    let whole = whole(name, value, instead)?;
    u64::try_from(whole).map_err(|_| out_of_range(name, value, instead))
}

/// Reads a difference of numbers of things.
///
/// # Errors
///
/// As for [`count`], but it may be negative.
pub(crate) fn difference(name: &str, value: &Bound<'_, PyAny>, instead: &str) -> PyResult<i64> {
    let whole = whole(name, value, instead)?;
    i64::try_from(whole).map_err(|_| out_of_range(name, value, instead))
}

fn whole(name: &str, value: &Bound<'_, PyAny>, instead: &str) -> PyResult<i128> {
    let py = value.py();
    if !value.is_instance_of::<PyFloat>()
        && let Ok(index) = value.call_method0("__index__")
        && let Ok(index) = index.cast_into::<PyInt>()
    {
        let whole = index.extract::<i128>();
        return whole.map_err(|_| out_of_range(name, value, instead));
    }
    let float = value.extract::<f64>().map_err(|error| {
        if error.is_instance_of::<PyTypeError>(py) {
            not_a_number(name, value)
        } else {
            error
        }
    })?;
    // Beyond this floats are whole, and no count of 64 bits.
    if float.fract() != 0.0 || !float.is_finite() || float.abs() > 2e19 {
        return Err(out_of_range(name, value, instead));
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole, and in range")]
    let whole = float as i128;
    Ok(whole)
}

fn out_of_range(name: &str, value: &Bound<'_, PyAny>, instead: &str) -> PyErr {
    let message = format!("{name:?} can not record {value}: {instead}");
    invalid_value(value.py(), &message)
}

fn not_a_number(name: &str, value: &Bound<'_, PyAny>) -> PyErr {
    let of = value.get_type();
    let message = format!(
        "{name:?} can not record {}: it is no number",
        said(value, &of)
    );
    invalid_type(value.py(), &message)
}

/// A value and its type, as far as they can be said.
fn said(value: &Bound<'_, PyAny>, of: &Bound<'_, pyo3::types::PyType>) -> String {
    let of = of
        .name()
        .map_or_else(|_| String::from("object"), |name| name.to_string());
    let Ok(said) = value.repr() else {
        return format!("a {of}");
    };
    let said: String = said.to_string_lossy().chars().take(60).collect();
    format!("{said} ({of})")
}
