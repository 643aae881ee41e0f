//! What every component has: a container, and a few metrics in it.

use std::sync::Arc;

use crate::backend::Backend;
use crate::catalogue::{self, base, label};
use crate::collector;
use crate::container::Container;
use crate::error::Error;
use crate::publication::{container_of, publish_first};
use crate::traits::MetricContainer;

/// A component's container, with the metrics that every component has.
///
/// Those are `process_start_time_seconds`, the `process_*` metrics of
/// [`ProcessCollector`](crate::ProcessCollector), and `build_info` behind the
/// component's prefix, whose label `version` is the library's until
/// [`with_version`](Self::with_version) sets the component's.
///
/// ```
/// use dynamometer::BaseComponentMetrics;
///
/// let base = BaseComponentMetrics::new_prometheus("worker");
/// let requests = base.container.create_counter("requests_total", "Requests handled.", &[]);
/// requests.inc();
/// assert!(base.container.export_prometheus().contains("worker_requests_total 1"));
/// ```
#[derive(Clone)]
pub struct BaseComponentMetrics {
    /// The container of the component's metrics.
    pub container: Arc<dyn MetricContainer>,
    native: Container,
    backends: Vec<Backend>,
}

impl BaseComponentMetrics {
    /// Creates the base of a component with the backends that
    /// `DYN_METRICS_BACKEND` names, or with all that are built in.
    ///
    /// The first of them keeps the values: `LibnvContainer`
    /// where that is `libnv`. With that feature the process's first component is
    /// also where its C++ metrics go.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Backend`](crate::ErrorKind::Backend) where the variable names
    /// an unknown backend or one that is not built in.
    pub fn from_env(prefix: &str) -> Result<Self, Error> {
        let backends = Backend::from_env()?;
        let container = container_of(&backends, prefix);
        Ok(Self::over(container).read_by(backends).published(prefix))
    }

    /// Creates the base of a component over a container made before, read by all
    /// backends that are built in.
    ///
    /// Where this container has a base already, with this prefix, it is that one:
    /// its version and its backends stay as they are.
    pub fn over(container: impl Into<Container>) -> Self {
        Self::with_build(container.into(), env!("CARGO_PKG_VERSION"))
    }

    /// Creates the base of a component of the given version.
    pub fn with_version(container: impl Into<Container>, version: &str) -> Self {
        Self::with_build(container.into(), version)
    }

    fn with_build(native: Container, version: &str) -> Self {
        let bases = native.registry().bases.lock();
        let (known, is_first) = (bases.get(native.prefix()).cloned(), bases.is_empty());
        drop(bases);
        if is_first {
            describe_process(&native);
        }
        if known.is_none() {
            native
                .info(base::BUILD_INFO)
                .help(catalogue::help(base::BUILD_INFO))
                .label(label::VERSION, version)
                .build();
        }
        let backends = known.unwrap_or_else(|| Backend::AVAILABLE.to_vec());
        let container = Arc::new(native.clone());
        let made = Self {
            container,
            native,
            backends: Vec::new(),
        };
        made.read_by(backends)
    }

    /// Sets which backends read the container.
    pub(crate) fn read_by(mut self, backends: Vec<Backend>) -> Self {
        let mut bases = self.native.registry().bases.lock();
        bases.insert(self.native.prefix().to_owned(), backends.clone());
        drop(bases);
        self.backends = backends;
        self
    }

    /// Makes the container the place of C++ metrics, if it is the process's first.
    pub(crate) fn published(self, service_name: &str) -> Self {
        publish_first(&self.native, service_name);
        self
    }

    /// The backends that read the container.
    pub fn backends(&self) -> &[Backend] {
        &self.backends
    }

    /// The container with its concrete handles and scopes.
    pub fn native(&self) -> &Container {
        &self.native
    }

    /// Prints all metrics, for a person, to standard output.
    #[expect(clippy::print_stdout, reason = "printing is what it is for")]
    pub fn print_metrics(&self) {
        print!("{}", self.container.export_prometheus());
    }
}

/// Adds what is true of the process, for its first component.
fn describe_process(native: &Container) {
    let started = native
        .unprefixed()
        .gauge(base::PROCESS_START_TIME_SECONDS)
        .help(catalogue::help(base::PROCESS_START_TIME_SECONDS))
        .build();
    let now = || native.clock().unix_time().as_secs_f64();
    started.set(collector::process_start_time().unwrap_or_else(now));
    native.add_collector(collector::ProcessCollector::new(native));
}

impl std::fmt::Debug for BaseComponentMetrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BaseComponentMetrics")
            .field("native", &self.native)
            .finish_non_exhaustive()
    }
}
