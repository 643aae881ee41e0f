//! A container in a registry of `prometheus`.

use std::collections::HashMap;
use std::sync::Arc;

use prometheus::core::{Collector, Desc};
use prometheus::proto::MetricFamily;

use crate::container::Container;
use crate::registry::Registry;
use crate::source::nesting;
use crate::source::registry::expose;

/// Shows a container's metrics on the page of a [`prometheus::Registry`].
///
/// For programs that serve such a registry already.
///
/// ```
/// use dynamometer::{Container, PrometheusCollector};
/// use prometheus::{Registry, TextEncoder};
///
/// let container = Container::new("app");
/// container.counter("requests_total").help("Requests handled.").build().inc();
///
/// let registry = Registry::new();
/// registry.register(Box::new(PrometheusCollector::new(&container)))?;
/// let page = TextEncoder::new().encode_to_string(&registry.gather())?;
/// assert!(page.contains("app_requests_total 1\n"));
/// # Ok::<(), prometheus::Error>(())
/// ```
///
/// The whole container is shown, of whichever scope this is made; a registry takes
/// it once, and refuses it with [`AlreadyReg`](prometheus::Error::AlreadyReg) after
/// that. Sources of the container are not shown: one that hangs would hold the
/// registry's lock, and one of them may be this registry.
///
/// What the crate can not hold is lost: numbers are floats, which round beyond
/// 2⁵³; infos, state sets and values of unknown type are gauges; exponential
/// buckets become one for each doubling; start times, units and exemplars are left
/// out.
///
/// It keeps the container alive for as long as it is registered.
#[derive(Debug)]
pub struct PrometheusCollector {
    registry: Arc<Registry>,
    desc: Desc,
}

impl PrometheusCollector {
    /// Makes a collector of the container that `container` is, or is a scope of.
    #[expect(
        clippy::missing_panics_doc,
        reason = "the name is one, whatever the number"
    )]
    pub fn new(container: &Container) -> Self {
        let registry = Arc::clone(container.registry());
        // Registries tell collectors apart by their descriptions. This is of no
        // family: those come and go.
        let name = format!("dynamometer_container_{}", registry.number);
        let help = "Metrics of a dynamometer container.".to_owned();
        let desc = Desc::new(name, help, Vec::new(), HashMap::new());
        Self {
            registry,
            desc: desc.expect("letters and a number are a name, and the help is not empty"),
        }
    }
}

impl Collector for PrometheusCollector {
    fn desc(&self) -> Vec<&Desc> {
        vec![&self.desc]
    }

    fn collect(&self) -> Vec<MetricFamily> {
        if nesting::is_awaited_by(self.registry.number) {
            // The container reads this registry, and has its own metrics already.
            return Vec::new();
        }
        let own = self.registry.own_snapshot();
        own.families().iter().filter_map(expose::family).collect()
    }
}
