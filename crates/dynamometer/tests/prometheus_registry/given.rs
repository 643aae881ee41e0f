//! A collector of `prometheus` that returns what a test gives it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dynamometer::{Container, Value, self_metrics};
use prometheus::Registry;
use prometheus::core::{Collector, Desc};
use prometheus::proto::{LabelPair, Metric, MetricFamily, MetricType};

/// How long a test waits for what it knows to come.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) struct Given<F> {
    desc: Desc,
    collect: F,
}

/// Registers a collector that calls `collect`.
pub(crate) fn give<F>(registry: &Registry, collect: F)
where
    F: Fn() -> Vec<MetricFamily> + Send + Sync + 'static,
{
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let name = format!("given_{}", MADE.fetch_add(1, Ordering::Relaxed));
    let desc = Desc::new(name, "A test's.".into(), Vec::new(), HashMap::new()).unwrap();
    registry
        .register(Box::new(Given { desc, collect }))
        .unwrap();
}

impl<F: Fn() -> Vec<MetricFamily> + Send + Sync> Collector for Given<F> {
    fn desc(&self) -> Vec<&Desc> {
        vec![&self.desc]
    }

    fn collect(&self) -> Vec<MetricFamily> {
        (self.collect)()
    }
}

pub(crate) fn family(name: &str, kind: MetricType, metrics: Vec<Metric>) -> MetricFamily {
    let mut family = MetricFamily::default();
    family.set_name(name.to_owned());
    family.set_field_type(kind);
    family.set_metric(metrics);
    family
}

pub(crate) fn metric(labels: &[(&str, &str)]) -> Metric {
    let pair = |&(name, value): &(&str, &str)| {
        let mut pair = LabelPair::default();
        pair.set_name(name.to_owned());
        pair.set_value(value.to_owned());
        pair
    };
    Metric::from_label(labels.iter().map(pair).collect())
}

/// The page of a container that has `registry` as a source of this name.
pub(crate) fn page_of(name: &str, registry: &Registry) -> String {
    let container = Container::new("app");
    container
        .source(name, registry.clone())
        .timeout(PATIENCE)
        .attach();
    container.export_prometheus()
}

fn self_metric(name: &str, label: (&str, &str)) -> f64 {
    let page = self_metrics().get_metrics();
    page.value(name, &[label]).map_or(f64::NAN, Value::as_f64)
}

pub(crate) fn is_up(source: &str) -> bool {
    self_metric("dynamometer_source_up", ("source", source)) > 0.0
}

/// How many series of sources were left out for this reason.
pub(crate) fn left_out(reason: &str) -> f64 {
    self_metric("dynamometer_dropped_samples_total", ("reason", reason))
}
