//! The base of a component: made once, whoever asks for it again.
#![cfg(all(feature = "derive", feature = "prometheus"))]

use dynamometer::{BaseComponentMetrics, Container, Counter, Metrics};

#[derive(Metrics)]
struct Worker {
    base: BaseComponentMetrics,
    requests_total: Counter,
}

#[test]
fn a_struct_takes_the_base_that_its_container_has() {
    let container = Container::new("worker");
    let base = BaseComponentMetrics::with_version(container.clone(), "9.9");
    let worker = Worker::register(&container);
    worker.requests_total.inc();
    assert_eq!(worker.base.backends(), base.backends());
    let page = base.container.export_prometheus();
    assert!(
        page.contains("worker_build_info{version=\"9.9\"} 1\n"),
        "{page}"
    );
    let lines = |name: &str| page.lines().filter(|line| line.starts_with(name)).count();
    assert_eq!(lines("worker_build_info{"), 1, "{page}");
    assert_eq!(lines("process_start_time_seconds "), 1, "{page}");
}

#[test]
fn two_components_of_one_container_have_a_build_each_and_share_the_process() {
    let container = Container::new("");
    let _one = BaseComponentMetrics::with_version(container.scope("one", &[]), "1.0");
    let _two = BaseComponentMetrics::with_version(container.scope("two", &[]), "2.0");
    let page = container.export_prometheus();
    assert!(
        page.contains("one_build_info{version=\"1.0\"} 1\n"),
        "{page}"
    );
    assert!(
        page.contains("two_build_info{version=\"2.0\"} 1\n"),
        "{page}"
    );
}
