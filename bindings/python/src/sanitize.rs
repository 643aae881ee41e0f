//! The sanitisers: names as Prometheus accepts them, the same in every language.

use dynamometer::Error;
use pyo3::prelude::*;

use crate::error::from_facade;

/// A metric name as it is exposed: what is not allowed in one becomes an underscore.
#[pyfunction]
pub(crate) fn sanitize_prometheus_name(py: Python<'_>, name: &str) -> PyResult<String> {
    sanitised(py, dynamometer::sanitize_prometheus_name(name))
}

/// A label name as it is exposed: what is not allowed in one becomes an underscore.
#[pyfunction]
pub(crate) fn sanitize_prometheus_label(py: Python<'_>, name: &str) -> PyResult<String> {
    sanitised(py, dynamometer::sanitize_prometheus_label(name))
}

/// The name of a component's metric, with the prefix that all components have.
#[pyfunction]
pub(crate) fn build_component_metric_name(py: Python<'_>, name: &str) -> PyResult<String> {
    sanitised(py, dynamometer::build_component_metric_name(name))
}

fn sanitised(py: Python<'_>, sanitised: Result<String, Error>) -> PyResult<String> {
    sanitised.map_err(|error| from_facade(py, &error))
}
