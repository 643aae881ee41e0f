//! Exceptions: the classes of `dynamometer.errors`, by kind.

use dynamometer::{Error, ErrorKind};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

/// A value that the metric can not hold.
const INVALID_VALUE: &str = "invalid_value";
/// A value that is of no use here, whichever it is.
const INVALID_TYPE: &str = "invalid_type";

/// The kinds of error that registration knows.
pub(crate) fn kinds(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    PyTuple::new(py, ErrorKind::ALL.iter().map(|kind| kind.as_str()))
}

/// The exception for an error of the facade.
pub(crate) fn from_facade(py: Python<'_>, error: &Error) -> PyErr {
    raise(
        py,
        error.kind().as_str(),
        &error.to_string(),
        error.existing(),
    )
}

/// The exception for an error of this kind, made where it is raised.
pub(crate) fn of_kind(py: Python<'_>, kind: ErrorKind, message: &str) -> PyErr {
    raise(py, kind.as_str(), message, None)
}

/// A `ValueError`: what was passed is of the right type, and of no use.
pub(crate) fn invalid_value(py: Python<'_>, message: &str) -> PyErr {
    raise(py, INVALID_VALUE, message, None)
}

/// A `TypeError`.
pub(crate) fn invalid_type(py: Python<'_>, message: &str) -> PyErr {
    raise(py, INVALID_TYPE, message, None)
}

/// The exception for a server that could not start.
pub(crate) fn of_server(py: Python<'_>, error: &dynamometer_status::Error) -> PyErr {
    use dynamometer_status::ErrorKind;
    let kind = match error.kind() {
        ErrorKind::Config => "config",
        ErrorKind::Host => "host",
        ErrorKind::PortTaken => "port_taken",
        _ => "system",
    };
    let source = std::error::Error::source(error);
    let source = source.map_or_else(String::new, |source| format!(": {source}"));
    raise(py, kind, &format!("{error}{source}"), None)
}

fn raise(py: Python<'_>, kind: &str, message: &str, existing: Option<&str>) -> PyErr {
    static CLASSES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let made = || {
        let classes = CLASSES.import(py, "dynamometer.errors", "BY_KIND")?;
        let class = classes.as_any().get_item(kind)?;
        class.call1((message, existing))
    };
    made().map_or_else(|error| error, PyErr::from_value)
}
