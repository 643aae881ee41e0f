//! A registry of `prometheus_client`, walked when a page is made.

mod collect;
mod draft;
mod histogram;
mod metric;
mod sample;

use std::sync::Arc;

use dynamometer::catalogue::self_metrics::SOURCE_ERRORS_TOTAL;
use dynamometer::{Counter, Owned, Snapshot, Source, SourceError, SourceErrorKind, catalogue};
use pyo3::exceptions::PySystemExit;
use pyo3::prelude::*;

use self::collect::Collected;
use crate::container::PyContainer;
use crate::source::attached::PyAttachedSource;
use crate::source::filter::NameFilter;
use crate::source::interpreter;
use crate::source::options::Options;

/// A registry, walked with the GIL, and put together without it.
struct PrometheusClient {
    registry: Arc<Py<PyAny>>,
    filter: Arc<NameFilter>,
    prefix: Arc<str>,
    errors: Owned<Counter>,
}

impl PrometheusClient {
    fn walk(&self, py: Python<'_>) -> Result<Collected, SourceError> {
        let registry = self.registry.bind(py);
        Collected::of(registry, &self.filter).map_err(|error| {
            let message = format!("the registry can not be collected: {error}");
            if !error.is_instance_of::<PySystemExit>(py) {
                error.write_unraisable(py, Some(registry));
            }
            SourceError::new(SourceErrorKind::Failed, message)
        })
    }
}

impl Source for PrometheusClient {
    fn read(&self) -> Result<Snapshot, SourceError> {
        let walked = interpreter::attached(|py| self.walk(py)).flatten();
        let Collected { drafts, errors } = walked.inspect_err(|_| self.errors.inc())?;
        self.errors.inc_by(errors);
        let mut left_out = 0;
        let families = drafts.into_iter().map(|draft| {
            let made = draft.finish(&self.prefix);
            left_out += made.left_out;
            made.family
        });
        let snapshot = families.collect();
        dynamometer::binding::count_invalid(left_out);
        Ok(snapshot)
    }
}

/// Put the metrics of a registry of `prometheus_client` on a container's page.
///
/// registry is anything with a method `collect()` that returns metrics. It is walked once for each
/// page, with the GIL, on a thread of its own; nothing is written as text. container is by default
/// the process's. `name_filter` is a regular expression that names must match from their beginning,
/// a list of prefixes, or a callable, which is asked once for each name; names are those of the
/// page. labels are added to every series; prefix and an underscore go before every name. What
/// clashes with other metrics of the page is left out, logged and counted.
///
/// A page waits at most timeout seconds for the GIL and for all collectors; then it goes out
/// without these metrics, and `dynamometer_source_up` says so. A collector that raises is left out
/// and counted in `dynamometer_source_errors_total`; its exception goes to `sys.unraisablehook`.
#[pyfunction]
#[pyo3(signature = (registry, *, name_filter=None, labels=None, prefix="", timeout=1.0, name=None, container=None))]
pub(crate) fn attach_prometheus_client(
    registry: Bound<'_, PyAny>,
    name_filter: Option<&Bound<'_, PyAny>>,
    labels: Option<&Bound<'_, PyAny>>,
    prefix: &str,
    timeout: f64,
    name: Option<String>,
    container: Option<&Bound<'_, PyContainer>>,
) -> PyResult<PyAttachedSource> {
    let py = registry.py();
    collect::check(&registry)?;
    let container = container.map(Bound::get);
    let options = Options::read(py, container, name, labels, timeout)?;
    let filter = Arc::new(NameFilter::read(name_filter)?);
    let registry = Arc::new(registry.unbind());
    let prefix: Arc<str> = prefix.into();
    let help = catalogue::find(SOURCE_ERRORS_TOTAL).map_or("", |metric| metric.help);
    let errors = dynamometer::self_metrics()
        .counter(SOURCE_ERRORS_TOTAL)
        .help(help);
    let errors = errors.vec(&["source"]);
    options.attach(py, "prometheus_client", |source| PrometheusClient {
        registry: Arc::clone(&registry),
        filter: Arc::clone(&filter),
        prefix: Arc::clone(&prefix),
        errors: errors.owned(&[source]),
    })
}
