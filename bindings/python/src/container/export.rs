//! The formats of a page, by name.

use dynamometer::Format;
use pyo3::prelude::*;

use crate::error::invalid_value;

/// The format of this name.
pub(super) fn format(py: Python<'_>, name: &str) -> PyResult<Format> {
    let known = Format::ALL
        .into_iter()
        .find(|format| format.as_str() == name);
    known.ok_or_else(|| {
        let known: Vec<_> = Format::ALL.iter().map(|format| format.as_str()).collect();
        invalid_value(py, &format!("there is no format {name:?}, only {known:?}"))
    })
}
