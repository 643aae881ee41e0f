//! Python's side of dynamometer: the module `dynamometer._native`.

#![allow(
    clippy::inline_always,
    reason = "a record that is not inlined costs twice as much"
)]
#![allow(
    clippy::doc_markdown,
    reason = "the docstrings of Python are plain text"
)]

mod container;
mod doctor;
mod env;
mod error;
mod family;
mod gil;
mod instrument;
mod interpreter;
mod label;
mod number;
mod prometheus;
mod raw;
mod sanitize;
mod server;
mod snapshot;
mod source;

use pyo3::prelude::*;

/// What `import dynamometer` is made of.
#[pymodule]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::container::{PyContainer, PyOwnedScope, container, self_metrics};
    #[pymodule_export]
    use crate::doctor::doctor;
    #[pymodule_export]
    use crate::family::PyFamily;
    #[pymodule_export]
    use crate::instrument::{
        PyCounter, PyExceptionCount, PyExponentialHistogram, PyFloatCounter, PyGauge, PyHistogram,
        PyInFlight, PyInfo, PyStateSet, PyTimer, PyUpDownCounter,
    };
    #[pymodule_export]
    use crate::prometheus::{Buckets, Metric, Page, Value, attach};
    #[pymodule_export]
    use crate::sanitize::{
        build_component_metric_name, sanitize_prometheus_label, sanitize_prometheus_name,
    };
    #[pymodule_export]
    use crate::server::{PyHandler, PyServer};
    #[pymodule_export]
    use crate::source::{PyAttachedSource, attach_prometheus_client};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::interpreter::refuse_others(module.py())?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("ERROR_KINDS", crate::error::kinds(module.py())?)?;
        crate::raw::attach(module)
    }
}
