//! A container in the registry that is its own source.

use dynamometer::{Container, PrometheusCollector, Value};
use prometheus::{Gauge, Registry, TextEncoder};

use crate::given::{PATIENCE, is_up, left_out};

#[test]
fn a_container_and_a_registry_show_each_other_once() {
    let registry = Registry::new();
    registry
        .register(Box::new(Gauge::new("theirs", "X.").unwrap()))
        .unwrap();
    let container = Container::new("app");
    container.counter("own_total").build().inc();
    registry
        .register(Box::new(PrometheusCollector::new(&container)))
        .unwrap();
    let source = container.source("both", registry.clone());
    let owned = source.timeout(PATIENCE).owned();

    let ours = "# TYPE app_own_total counter\napp_own_total 1\n";
    let theirs = "# HELP theirs X.\n# TYPE theirs gauge\ntheirs 0\n";
    for _ in 0..2 {
        assert_eq!(container.export_prometheus(), format!("{ours}{theirs}"));
        assert!(is_up("both"));
        let page = TextEncoder::new().encode_to_string(&registry.gather());
        assert_eq!(page.unwrap(), format!("{ours}{theirs}"));
    }
    // No other test of this program has a clash.
    assert!(
        left_out("source_conflict") < 1.0,
        "nothing came around and clashed"
    );
    drop(owned);
}

#[test]
fn snapshots_and_gatherings_at_the_same_time_do_not_wait_for_each_other() {
    let registry = Registry::new();
    let container = Container::new("app");
    container.counter("own_total").build().inc();
    registry
        .register(Box::new(PrometheusCollector::new(&container)))
        .unwrap();
    let source = container.source("both_at_once", registry.clone());
    let owned = source.timeout(PATIENCE).owned();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let page = container.get_metrics();
                    assert_eq!(page.value("app_own_total", &[]), Some(Value::Unsigned(1)));
                    let gathered = registry.gather();
                    let own = gathered.iter().filter(|one| one.name() == "app_own_total");
                    assert_eq!(own.map(|one| one.get_metric().len()).sum::<usize>(), 1);
                }
            });
        }
        for at in 0..20 {
            let gauge = Gauge::new(format!("late_{at}"), "X.").unwrap();
            registry.register(Box::new(gauge.clone())).unwrap();
            registry.unregister(Box::new(gauge)).unwrap();
        }
    });
    drop(owned);
}
