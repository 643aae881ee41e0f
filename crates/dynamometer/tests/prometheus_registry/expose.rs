//! A container in a registry.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use dynamometer::{Container, PrometheusCollector, Unit};
use prometheus::core::Collector;
use prometheus::{Error, Gauge, Registry, TextEncoder};

use crate::given::{PATIENCE, give};

fn register(registry: &Registry, container: &Container) -> Result<(), Error> {
    registry.register(Box::new(PrometheusCollector::new(container)))
}

fn page_of(registry: &Registry) -> String {
    TextEncoder::new()
        .encode_to_string(&registry.gather())
        .unwrap()
}

#[test]
fn metrics_of_a_container_stand_on_the_page_of_a_registry() {
    let container = Container::new("app");
    container
        .counter("jobs_total")
        .help("Jobs.")
        .build()
        .inc_by(3);
    container
        .float_counter("busy_total")
        .unit(Unit::Seconds)
        .build()
        .inc_by(0.5);
    container
        .up_down_counter("workers")
        .label("pool", "a\"b")
        .build()
        .add(-2);
    container.gauge("load").build().set(f64::NAN);
    container
        .histogram("wait")
        .buckets(&[0.1, 1.0])
        .build()
        .observe(0.5);
    container.info("build").label("version", "1").build();
    container
        .state_set("phase", &["on", "off"])
        .build()
        .set_only("on");
    let sizes = container.exponential_histogram("size").build();
    sizes.observe(3.0);
    let _empty = container.counter("none_total").vec(&["a"]);
    let registry = Registry::new();
    register(&registry, &container).unwrap();

    let expected = "# TYPE app_build_info gauge\napp_build_info{version=\"1\"} 1\n\
        # TYPE app_busy_seconds_total counter\napp_busy_seconds_total 0.5\n\
        # HELP app_jobs_total Jobs.\n# TYPE app_jobs_total counter\napp_jobs_total 3\n\
        # TYPE app_load gauge\napp_load NaN\n\
        # TYPE app_phase gauge\napp_phase{app_phase=\"off\"} 0\napp_phase{app_phase=\"on\"} 1\n\
        # TYPE app_size histogram\napp_size_bucket{le=\"2\"} 0\napp_size_bucket{le=\"4\"} 1\n\
        app_size_bucket{le=\"+Inf\"} 1\napp_size_sum 3\napp_size_count 1\n\
        # TYPE app_wait histogram\napp_wait_bucket{le=\"0.1\"} 0\napp_wait_bucket{le=\"1\"} 1\n\
        app_wait_bucket{le=\"+Inf\"} 1\napp_wait_sum 0.5\napp_wait_count 1\n\
        # TYPE app_workers gauge\napp_workers{pool=\"a\\\"b\"} -2\n";
    assert_eq!(page_of(&registry), expected);
}

#[test]
fn a_registry_takes_two_containers_and_each_of_them_once() {
    let registry = Registry::new();
    let (one, other) = (Container::new("one"), Container::new("other"));
    one.counter("x_total").build().inc();
    other.counter("x_total").build().inc_by(2);
    register(&registry, &one).unwrap();
    register(&registry, &other).unwrap();
    for again in [one.clone(), one.scope("deep", &[("a", "1")])] {
        assert!(matches!(
            register(&registry, &again),
            Err(Error::AlreadyReg)
        ));
    }
    let page = page_of(&registry);
    assert!(
        page.contains("one_x_total 1\n") && page.contains("other_x_total 2\n"),
        "{page}"
    );

    registry
        .unregister(Box::new(PrometheusCollector::new(&one)))
        .unwrap();
    assert!(!page_of(&registry).contains("one_x_total"));
    register(&registry, &one).unwrap();
    assert!(page_of(&registry).contains("one_x_total"));
}

#[test]
fn a_collector_describes_itself_once_and_always_alike() {
    let container = Container::new("app");
    let id = |container: &Container| {
        let collector = PrometheusCollector::new(container);
        let descs: Vec<_> = collector.desc().iter().map(|desc| desc.id).collect();
        assert_eq!(descs.len(), 1);
        descs[0]
    };
    assert_eq!(id(&container), id(&container.scope("deep", &[])));
    assert_ne!(id(&container), id(&Container::new("app")));
}

#[test]
fn metrics_that_are_declared_while_the_registry_gathers_are_no_deadlock() {
    let container = Container::new("app");
    let registry = Registry::new();
    register(&registry, &container).unwrap();
    let (inside, calls) = (container.clone(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&calls);
    // Called under the registry's lock, before or after ours.
    give(&registry, move || {
        let call = counted.fetch_add(1, Ordering::Relaxed);
        inside.counter(&format!("call_{call}_total")).build().inc();
        assert!(inside.get_metrics().series() > 0);
        Vec::new()
    });
    thread::scope(|scope| {
        for thread in 0..4 {
            let container = &container;
            scope.spawn(move || {
                for at in 0..50 {
                    container
                        .counter(&format!("thread_{thread}_{at}_total"))
                        .build()
                        .inc();
                }
            });
        }
        for _ in 0..50 {
            let _ = registry.gather();
        }
    });
    let page = page_of(&registry);
    assert_eq!(calls.load(Ordering::Relaxed), 51);
    assert!(page.contains("app_call_0_total 1\n") && page.contains("app_thread_3_49_total 1\n"));
}

#[test]
fn sources_of_a_container_do_not_go_to_the_registry() {
    let container = Container::new("app");
    container.counter("own_total").build().inc();
    let other = Registry::new();
    other
        .register(Box::new(Gauge::new("theirs", "X.").unwrap()))
        .unwrap();
    container
        .source("expose_other", other)
        .timeout(PATIENCE)
        .attach();
    let registry = Registry::new();
    register(&registry, &container).unwrap();
    assert_eq!(
        page_of(&registry),
        "# TYPE app_own_total counter\napp_own_total 1\n"
    );
}
