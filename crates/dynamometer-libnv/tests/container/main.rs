//! C++ of a program of Rust declares in the container that it is handed.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bridge;
#[path = "../small/mod.rs"]
mod small;

use std::sync::Arc;

use dynamometer_cells::{Plan, Series};
use dynamometer_libnv::backend::{Backend, Values};
use dynamometer_libnv::container::Container;
use dynamometer_libnv::host::{Kind, Request};

use self::bridge as declaring;
use self::small::Small;

fn request(kind: Kind, name: &str) -> Request<'_> {
    Request {
        kind,
        is_resolved: false,
        shared_cells: false,
        exemplars: false,
        prefixes: Vec::new(),
        name,
        asked: "",
        help: "Requests handled.",
        unit: "",
        labels: Vec::new(),
        label_names: Vec::new(),
        bounds: None,
        exponential: None,
        states: Vec::new(),
        aliases: Vec::new(),
        limit: None,
        expire_after: None,
    }
}

/// The labels and values of a family, where C++ keeps them.
fn exposed(backend: &Backend, name: &str) -> (Vec<String>, Values) {
    let all = backend.snapshot().unwrap();
    let names: Vec<_> = all.iter().map(|family| family.name.clone()).collect();
    let mut found = all.into_iter().filter(|family| family.name == name);
    let family = found
        .next()
        .unwrap_or_else(|| panic!("{name} in {names:?}"));
    (family.labels, family.values)
}

fn counted(host: &Small, key: &str) -> u64 {
    let series = Arc::clone(&host.series.lock().unwrap()[key]);
    let mut plan = Plan::new();
    let place = plan.counter(&series);
    plan.run().counter(place)
}

#[test]
fn what_cxx_records_is_in_the_series_of_a_container_of_rust() {
    let host = Arc::new(Small::default());
    let metrics = declaring::make_metrics(&Container::over(&host)).unwrap();
    std::thread::scope(|scope| {
        let metrics = metrics.as_ref().unwrap();
        metrics.work(2);
        // Handles of C++ are not `Send`: the thread has its own.
        scope.spawn(|| {
            let container = Container::over(&host);
            declaring::make_metrics(&container).unwrap().work(3);
        });
    });
    assert_eq!(counted(&host, "requests_total[]"), 5);
    assert_eq!(counted(&host, r#"routes_total["chat"]"#), 2);
    let all: Vec<Arc<Series>> = host.series.lock().unwrap().values().cloned().collect();
    assert_eq!(all.len(), 9);
    drop(metrics);
    assert!(all.iter().all(|series| Arc::strong_count(series) == 2));
}

#[test]
fn every_kind_is_on_the_page_of_a_registry_of_cxx() {
    let backend = Backend::new("").unwrap();
    declaring::make_metrics(&Container::over_backend(&backend))
        .unwrap()
        .work(4);
    let value = |name| exposed(&backend, name).1;
    assert_eq!(value("requests_total"), Values::Unsigned(vec![4]));
    assert_eq!(value("joules_total"), Values::Float(vec![1.5]));
    assert_eq!(value("inflight"), Values::Signed(vec![2]));
    assert_eq!(value("load"), Values::Float(vec![0.75]));
    let (labels, latency) = exposed(&backend, "latency_seconds");
    assert_eq!(labels, [r#"{device="cuda"} "#]);
    let Values::Histogram(latency) = latency else {
        panic!("{latency:?}");
    };
    assert_eq!(latency[0].bounds, [0.5, 1.0]);
    assert_eq!(latency[0].counts, [0, 4, 0]);
    let Values::Exponential(size) = value("size") else {
        panic!("{:?}", value("size"));
    };
    assert_eq!((size[0].schema, size[0].sum), (1, 12.0));
    assert_eq!(size[0].positive.1, [4]);
    let build = exposed(&backend, "build_info");
    let version = r#"{version="1.2"} "#.to_owned();
    assert_eq!(build, (vec![version], Values::Float(vec![1.0])));
    assert_eq!(value("phase"), Values::Float(vec![0.0, 1.0]));
    let routes = exposed(&backend, "routes_total");
    assert_eq!(
        routes,
        (
            vec![r#"{route="chat"} "#.to_owned()],
            Values::Unsigned(vec![1])
        )
    );
}

#[test]
fn families_of_every_kind_are_on_the_page_that_cxx_is_shown() {
    let backend = Backend::new("").unwrap();
    let container = Container::over_backend(&backend);
    declaring::record_to_families(&container).unwrap();
    let page = declaring::page(&container).unwrap();
    for line in [
        "sizes_count{route=\"chat\"} 1\n",
        "models_info{model=\"small\"} 1\n",
        "phases{phases=\"loading\",worker=\"1\"} 1\n",
        "phases{phases=\"ready\",worker=\"1\"} 0\n",
    ] {
        assert!(page.contains(line), "{line} is not in\n{page}");
    }
}

#[test]
fn a_scope_adds_its_prefix_and_labels() {
    let backend = Backend::new("").unwrap();
    let container = Container::over_backend(&backend);
    declaring::count_in_scope(&container, "engine", "device").unwrap();
    let (labels, values) = exposed(&backend, "engine_events_total");
    assert_eq!(labels, [r#"{device="x"} "#]);
    assert_eq!(values, Values::Unsigned(vec![1]));
    let thrown = declaring::count_in_scope(&container, "engine", "le").unwrap_err();
    assert!(thrown.what().contains("le"), "{thrown}");
}

#[test]
fn a_series_is_removed_by_its_values() {
    let host = Arc::new(Small::default());
    let container = Container::over(&host);
    let _metrics = declaring::make_metrics(&container).unwrap();
    assert!(declaring::remove_chat(&container).unwrap());
    assert!(!declaring::remove_chat(&container).unwrap());
}

#[test]
fn a_mistake_is_thrown_in_the_words_of_rust() {
    let backend = Backend::new("").unwrap();
    let declared = backend.family(&request(Kind::Counter, "requests_total"));
    assert!(declared.is_ok());
    let said = backend.family(&request(Kind::Gauge, "requests_total"));
    let said = said.unwrap_err().to_string();
    let container = Container::over_backend(&backend);
    assert!(said.contains("it is a counter"), "{said}");
    assert_eq!(declaring::refusal(&container, "requests_total"), said);
    let thrown = declaring::declare_gauge(&container, "requests_total").unwrap_err();
    assert_eq!(thrown.what(), said, "and on through C++ to Rust");
}

#[test]
fn what_a_host_says_reaches_cxx() {
    let container = Container::over(&Arc::new(Small::default()));
    let thrown = declaring::count_in_scope(&container, "@@", "device").unwrap_err();
    assert_eq!(thrown.what(), "no prefix; it is a gauge");
}

#[test]
fn a_panic_of_the_host_is_thrown() {
    let container = Container::over(&Arc::new(Small::default()));
    let thrown = declaring::refusal(&container, "panic");
    assert!(thrown.contains("panicked"), "{thrown}");
}

#[test]
fn handles_of_cxx_outlive_the_container() {
    let host = Arc::new(Small::default());
    let metrics = declaring::make_metrics(&Container::over(&host)).unwrap();
    assert_eq!(Arc::strong_count(&host), 1);
    metrics.work(1);
    assert_eq!(counted(&host, "requests_total[]"), 1);
}
