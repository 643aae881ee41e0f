//! One page for all: metrics of other libraries beside our own.
//!
//! A worker counts through dynamometer; a library that it uses counts through the
//! crate `prometheus`, its engine writes exposition text, and its cache is asked.
//! Run it with `cargo run -p dynamometer-examples --bin sources`, and scrape the
//! address it prints. With `--once` it prints its page and ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::ensure;
use dynamometer::{
    Container, Desc, Family, Kind, LabelSet, PrometheusCollector, PrometheusContainer, Snapshot,
    Value, Values, self_metrics,
};
use prometheus::{IntCounterVec, Opts, Registry, TextEncoder};

/// A library that knows nothing of dynamometer.
struct Client {
    requests: IntCounterVec,
}

impl Client {
    fn new(registry: &Registry) -> anyhow::Result<Self> {
        let opts = Opts::new("client_requests_total", "Requests sent.");
        let requests = IntCounterVec::new(opts, &["host"])?;
        registry.register(Box::new(requests.clone()))?;
        Ok(Self { requests })
    }

    fn send(&self, host: &str) {
        self.requests.with_label_values(&[host]).inc();
    }
}

/// The metrics page of an engine in another language, as it would be read from a
/// socket or a file.
fn engine_page() -> String {
    let page = "# HELP engine_steps_total Steps made.\n\
                # TYPE engine_steps_total counter\n\
                engine_steps_total{device=\"0\"} 42\n\
                # TYPE engine_batch_size histogram\n\
                engine_batch_size_bucket{le=\"8\"} 30\n\
                engine_batch_size_bucket{le=\"+Inf\"} 42\n\
                engine_batch_size_sum 310\n\
                engine_batch_size_count 42\n";
    page.to_owned()
}

/// A family that is made when somebody looks.
fn cache_family(entries: &AtomicUsize) -> Vec<Family> {
    let desc = Desc::new("cache_entries", Kind::Gauge).help("Entries in the cache.");
    let labels = Arc::new(vec![LabelSet::new([("tier", "memory")])]);
    let entries = entries.load(Ordering::Relaxed) as f64;
    vec![Family::new(desc, labels, Values::Float(vec![entries]))]
}

fn main() -> anyhow::Result<()> {
    let container = PrometheusContainer::new("worker");
    let jobs = container.counter("jobs_total").help("Jobs done.").build();

    let registry = Registry::new();
    let client = Client::new(&registry)?;
    let entries = Arc::new(AtomicUsize::new(0));

    container.source("client", registry).try_attach()?;
    let engine = container.source("engine", engine_page);
    let engine = engine.timeout(Duration::from_millis(200));
    engine.label("model", "small").try_attach()?;
    let cached = Arc::clone(&entries);
    let cache = container.source("cache", move || cache_family(&cached));
    cache.try_attach()?;

    for host in ["a", "b", "a"] {
        client.send(host);
        entries.fetch_add(1, Ordering::Relaxed);
        jobs.inc();
    }

    if std::env::args().any(|argument| argument == "--once") {
        check(&container.get_metrics())?;
        check_failing(&container)?;
        check_registry(&container)?;
        anstream::print!("{}", container.export_prometheus());
        return Ok(());
    }
    let server = dynamometer_status::serve(container)?;
    match server.url("/metrics") {
        Some(url) => anstream::println!("metrics at {url}"),
        None => anstream::println!("no metrics: DYN_SYSTEM_ENABLED switches the server off"),
    }
    loop {
        std::thread::park();
    }
}

/// Everybody's metrics are on one page.
fn check(page: &Snapshot) -> anyhow::Result<()> {
    let value = |name, labels: &[(&str, &str)]| page.value(name, labels).map(Value::as_f64);
    ensure!(value("worker_jobs_total", &[]) == Some(3.0), "our own");
    let sent = value("client_requests_total", &[("host", "a")]);
    ensure!(sent == Some(2.0), "those of the registry");
    let steps = [("device", "0"), ("model", "small")];
    ensure!(value("engine_steps_total", &steps) == Some(42.0), "text");
    let entries = value("cache_entries", &[("tier", "memory")]);
    ensure!(entries == Some(3.0), "those of the callback");
    Ok(())
}

/// A source that fails is down; the others are there.
fn check_failing(container: &Container) -> anyhow::Result<()> {
    let gone = || -> std::io::Result<String> { Err(std::io::Error::other("no such socket")) };
    let failing = container.source("gone", gone).try_owned()?;
    check(&container.get_metrics())?;
    let up = |source| {
        let page = self_metrics().get_metrics();
        let up = page.value("dynamometer_source_up", &[("source", source)]);
        up.map(Value::as_f64)
    };
    ensure!(up("gone") == Some(0.0) && up("engine") == Some(1.0));
    drop(failing);
    ensure!(up("gone").is_none(), "it left with its owner");
    Ok(())
}

/// The other direction: our metrics on the page of a registry.
fn check_registry(container: &Container) -> anyhow::Result<()> {
    let registry = Registry::new();
    registry.register(Box::new(PrometheusCollector::new(container)))?;
    let page = TextEncoder::new().encode_to_string(&registry.gather())?;
    ensure!(page.contains("\nworker_jobs_total 3\n"), "{page}");
    Ok(())
}
