//! What libnv knows of this process.

use dynamometer::libnv;
use pyo3::prelude::*;

use crate::error::from_facade;

/// Who owns the cells of this process, where C++ metrics go, and what was refused: a table.
#[pyfunction]
pub(crate) fn doctor(py: Python<'_>) -> PyResult<String> {
    let report = libnv::doctor().map_err(|error| from_facade(py, &error))?;
    Ok(report.to_string())
}
