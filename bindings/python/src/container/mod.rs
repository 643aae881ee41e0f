//! Containers: where metrics are declared, and read.

mod declaration;
mod export;
mod owned_scope;
mod process;

use std::path::PathBuf;

use dynamometer::{
    Builder, Container, Counter, ExponentialHistogram, ExponentialLayout, FloatCounter, Format,
    Gauge, Histogram, Info, ProcessCollector, StateSet, UpDownCounter,
};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyIterator, PyList};

pub(crate) use self::declaration::constant_labels;
use self::declaration::{Declaration, texts};
pub(crate) use self::owned_scope::PyOwnedScope;
use crate::error::{from_facade, invalid_type};
use crate::family::{Kind, PyFamily, single};
use crate::snapshot;
use crate::source::{PyAttachedSource, attach_multiprocess};

/// A set of metrics with a prefix and constant labels.
///
/// Names begin with the prefix, which is the service's name where none is given. Names and labels
/// are sanitised; declaring the same thing twice gives the same series. The first container of a
/// process is the process's: C++ libraries report into it too.
///
/// After a fork the child's counters, histograms and up-down counters begin at zero; gauges, infos
/// and state sets stay as they are.
#[pyclass(frozen, name = "Container", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyContainer {
    container: Container,
    service: String,
}

impl PyContainer {
    /// A container of the facade as an object.
    pub(crate) fn over(container: Container, service: &str) -> Self {
        Self {
            container,
            service: service.to_owned(),
        }
    }

    /// The container of the facade.
    pub(crate) fn inner(&self) -> &Container {
        &self.container
    }

    /// Registers what was declared: an instrument, or a family of them.
    fn register<'a, H: Kind>(
        py: Python<'_>,
        declaration: &'a Declaration,
        builder: Builder<'a, H>,
    ) -> PyResult<Py<PyAny>> {
        let builder = declaration.tell(builder);
        let names = declaration.label_names();
        let family = builder.try_vec(names.as_deref().unwrap_or_default());
        let family = family.map_err(|error| from_facade(py, &error))?;
        match names {
            Some(_) => {
                let family = PyFamily::new(py, family, declaration.expires());
                Ok(Py::new(py, family)?.into_any())
            }
            None => single(py, family),
        }
    }
}

#[pymethods]
impl PyContainer {
    #[new]
    #[pyo3(signature = (service="", *, prefix=None, labels=None))]
    fn new(
        py: Python<'_>,
        service: &str,
        prefix: Option<&str>,
        labels: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let labels = constant_labels(labels)?;
        let labels: Vec<(&str, &str)> = labels.iter().map(|(n, v)| (&**n, &**v)).collect();
        let container = Container::new("").try_scope(prefix.unwrap_or(service), &labels);
        let container = container.map_err(|error| from_facade(py, &error))?;
        process::offer(&container, service);
        Ok(Self::over(container, service))
    }

    /// Declare a counter of whole things.
    #[pyo3(
        signature = (name, help="", labels=None, **options))]
    fn counter(
        &self,
        name: &Bound<'_, PyAny>,
        help: &str,
        labels: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let declared = Declaration::read(name, help, labels, options)?;
        let builder = self.container.counter(&declared.name);
        Self::register::<Counter>(name.py(), &declared, builder)
    }

    /// Declare a counter of amounts.
    #[pyo3(signature = (name, help="", labels=None, **options))]
    fn float_counter(
        &self,
        name: &Bound<'_, PyAny>,
        help: &str,
        labels: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let declared = Declaration::read(name, help, labels, options)?;
        let builder = self.container.float_counter(&declared.name);
        Self::register::<FloatCounter>(name.py(), &declared, builder)
    }

    /// Declare a count of things that come and go.
    #[pyo3(signature = (name, help="", labels=None, **options))]
    fn up_down_counter(
        &self,
        name: &Bound<'_, PyAny>,
        help: &str,
        labels: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let declared = Declaration::read(name, help, labels, options)?;
        let builder = self.container.up_down_counter(&declared.name);
        Self::register::<UpDownCounter>(name.py(), &declared, builder)
    }

    /// Declare a value that is set.
    #[pyo3(signature = (name, help="", labels=None, **options))]
    fn gauge(
        &self,
        name: &Bound<'_, PyAny>,
        help: &str,
        labels: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let declared = Declaration::read(name, help, labels, options)?;
        let builder = self.container.gauge(&declared.name);
        Self::register::<Gauge>(name.py(), &declared, builder)
    }

    /// Declare a distribution over fixed buckets.
    ///
    /// Their upper bounds are finite and increasing; +Inf is always there and not listed. Where
    /// none are given they go from 5 ms to 10 s.
    #[pyo3(signature = (name, help="", labels=None, *, buckets=None, **options))]
    fn histogram(
        &self,
        name: &Bound<'_, PyAny>,
        help: &str,
        labels: Option<&Bound<'_, PyAny>>,
        buckets: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let declared = Declaration::read(name, help, labels, options)?;
        let mut builder = self.container.histogram(&declared.name);
        let buckets = buckets.map(bounds).transpose()?;
        if let Some(buckets) = &buckets {
            builder = builder.buckets(buckets);
        }
        Self::register::<Histogram>(name.py(), &declared, builder)
    }

    /// Declare a distribution over buckets that need not be chosen.
    ///
    /// There are 2**schema buckets for each doubling, from 2**min_exponent to 2**max_exponent.
    #[pyo3(signature = (name, help="", labels=None, *, schema=3, min_exponent=-30, max_exponent=34, signed=false, **options))]
    #[expect(clippy::too_many_arguments, reason = "keyword arguments of Python")]
    fn exponential_histogram(
        &self,
        name: &Bound<'_, PyAny>,
        help: &str,
        labels: Option<&Bound<'_, PyAny>>,
        schema: i32,
        min_exponent: i32,
        max_exponent: i32,
        signed: bool,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let declared = Declaration::read(name, help, labels, options)?;
        let layout = ExponentialLayout {
            schema,
            min_exponent,
            max_exponent,
            is_signed: signed,
        };
        let builder = self.container.exponential_histogram(&declared.name);
        let builder = builder.layout(layout);
        Self::register::<ExponentialHistogram>(name.py(), &declared, builder)
    }

    /// Declare facts that are told in labels; the name ends in _info.
    #[pyo3(signature = (name, help="", labels=None, **options))]
    fn info(
        &self,
        name: &Bound<'_, PyAny>,
        help: &str,
        labels: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let declared = Declaration::read(name, help, labels, options)?;
        let builder = self.container.info(&declared.name);
        Self::register::<Info>(name.py(), &declared, builder)
    }

    /// Declare states of which each is on or off: 1 to 64, each once and none empty.
    #[pyo3(signature = (name, states, help="", labels=None, **options))]
    fn state_set(
        &self,
        name: &Bound<'_, PyAny>,
        states: &Bound<'_, PyAny>,
        help: &str,
        labels: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let declared = Declaration::read(name, help, labels, options)?;
        let states = texts("states", states)?;
        let states: Vec<&str> = states.iter().map(|state| &**state).collect();
        let builder = self.container.state_set(&declared.name, &states);
        Self::register::<StateSet>(name.py(), &declared, builder)
    }

    /// A view of the same container with a longer prefix and more constant labels.
    #[pyo3(signature = (prefix="", labels=None))]
    fn scope(
        &self,
        py: Python<'_>,
        prefix: &str,
        labels: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let labels = constant_labels(labels)?;
        let labels: Vec<(&str, &str)> = labels.iter().map(|(n, v)| (&**n, &**v)).collect();
        let scope = self.inner().try_scope(prefix, &labels);
        let scope = scope.map_err(|error| from_facade(py, &error))?;
        Ok(Self::over(scope, &self.service))
    }

    /// A scope for a with block, whose series are removed when the block ends.
    #[pyo3(signature = (prefix="", labels=None))]
    fn owned_scope(
        &self,
        py: Python<'_>,
        prefix: &str,
        labels: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyOwnedScope> {
        let scope = self.scope(py, prefix, labels)?;
        Ok(PyOwnedScope::new(
            scope.container.owned_scope("", &[]),
            &self.service,
        ))
    }

    /// Put the metrics of processes of prometheus_client on this container's page.
    ///
    /// They share their values by files in a folder, by default that of
    /// PROMETHEUS_MULTIPROC_DIR, which need not be there yet. The files are read without the GIL
    /// when a page is made, and put together as MultiProcessCollector does. One with a fault is
    /// skipped, logged and counted in dynamometer_multiprocess_files. name_filter is a regular
    /// expression that names must match from their beginning, a list of prefixes, or a callable,
    /// which is asked once for each name. labels are added to every series. A page waits at most
    /// timeout seconds; then it goes out without these metrics.
    #[pyo3(signature = (path=None, *, name_filter=None, labels=None, timeout=1.0, name=None))]
    fn attach_multiprocess(
        &self,
        py: Python<'_>,
        path: Option<PathBuf>,
        name_filter: Option<&Bound<'_, PyAny>>,
        labels: Option<&Bound<'_, PyAny>>,
        timeout: f64,
        name: Option<String>,
    ) -> PyResult<PyAttachedSource> {
        attach_multiprocess(py, self, path, name, name_filter, labels, timeout)
    }

    /// Add the metrics of the process, process_* without a prefix: CPU, memory, files.
    ///
    /// They are measured when somebody looks, in Rust. Adding them again adds nothing.
    fn add_process_metrics(&self) {
        self.container
            .add_collector(ProcessCollector::new(&self.container));
    }

    /// All metrics as Prometheus text. The GIL is released meanwhile.
    fn export_prometheus(&self, py: Python<'_>) -> String {
        py.detach(|| self.container.export_prometheus())
    }

    /// All metrics in a format: text, openmetrics, protobuf or json. The GIL is released.
    #[pyo3(signature = (format="text"))]
    fn export<'py>(&self, py: Python<'py>, format: &str) -> PyResult<Bound<'py, PyBytes>> {
        let format: Format = export::format(py, format)?;
        let page = py.detach(|| self.container.export(format));
        Ok(PyBytes::new(py, &page))
    }

    /// The values of all metrics now, by family name. They are read without the GIL.
    fn snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let snapshot = py.detach(|| self.container.get_metrics());
        snapshot::to_dict(py, &snapshot)
    }

    /// The name of the service.
    #[getter]
    fn service(&self) -> &str {
        &self.service
    }

    /// The prefix, sanitised, without the underscore that follows it.
    #[getter]
    fn prefix(&self) -> &str {
        self.container.prefix()
    }

    /// The number of series of the whole container, those of other scopes and sources too.
    fn __len__(&self, py: Python<'_>) -> usize {
        py.detach(|| self.container.get_metrics().series())
    }

    /// An empty container is one too.
    #[expect(clippy::unused_self, reason = "a method of Python")]
    fn __bool__(&self) -> bool {
        true
    }

    /// The names of the families of the whole container, sorted.
    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        let snapshot = py.detach(|| self.container.get_metrics());
        let names = snapshot
            .families()
            .iter()
            .map(|family| family.desc().name());
        PyList::new(py, names.collect::<Vec<_>>())?.try_iter()
    }

    fn __repr__(&self) -> String {
        format!("<Container {:?}>", self.prefix())
    }

    /// The metrics as tables, for notebooks.
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let tables = slf.py().import("dynamometer.tables")?;
        tables.call_method1("container_html", (slf,))
    }
}

/// The upper bounds of buckets.
fn bounds(buckets: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
    let refused = || invalid_type(buckets.py(), "buckets are a list of numbers");
    let each = buckets.try_iter().map_err(|_| refused())?;
    each.map(|bound| bound?.extract().map_err(|_| refused()))
        .collect()
}

/// The process's container: the first that was made, or one without a prefix.
#[pyfunction]
pub(crate) fn container(py: Python<'_>) -> PyResult<PyContainer> {
    if let Some((container, service)) = process::known() {
        return Ok(PyContainer::over(container, service));
    }
    PyContainer::new(py, "", None, None)
}

/// The container of the library's own metrics: what was dropped, and what was refused.
#[pyfunction]
pub(crate) fn self_metrics() -> PyContainer {
    PyContainer::over(dynamometer::self_metrics().clone(), "dynamometer")
}
