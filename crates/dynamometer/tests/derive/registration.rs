//! How a struct with `#[derive(Metrics)]` is registered, mistakes included.

use dynamometer::{
    BaseComponentMetrics, Container, Counter, ErrorKind, Gauge, Histogram, Metrics, UpDownCounter,
    self_metrics,
};

/// How many registrations failed so far for `reason`, in the whole process.
fn failed(reason: ErrorKind) -> u64 {
    let metrics = self_metrics();
    let errors = metrics
        .counter("dynamometer_registration_errors_total")
        .label("reason", reason.as_str());
    errors.build().get_value()
}

#[derive(Metrics)]
struct WorkerMetrics {
    first: Counter,
    taken: Counter,
    #[metric(buckets = unordered())]
    wrong: Histogram,
    last: Counter,
}

fn unordered() -> [f64; 2] {
    [2.0, 1.0]
}

#[test]
fn a_field_that_can_not_be_registered_works_and_keeps_no_other_from_it() {
    let container = Container::new("app");
    container.gauge("taken").build().set(7.0);
    let before = [ErrorKind::KindMismatch, ErrorKind::InvalidBuckets].map(failed);

    let metrics = WorkerMetrics::register(&container);
    metrics.first.inc();
    metrics.taken.inc();
    metrics.wrong.observe(1.0);
    metrics.last.inc();

    assert_eq!(metrics.taken.get_value(), 1);
    assert_eq!(metrics.wrong.get_value().count(), 1);
    let page = container.export_prometheus();
    for line in ["app_first 1\n", "app_last 1\n", "app_taken 7\n"] {
        assert!(page.contains(line), "{line}: {page}");
    }
    assert!(!page.contains("app_wrong"), "{page}");
    let after = [ErrorKind::KindMismatch, ErrorKind::InvalidBuckets].map(failed);
    assert!(after[0] > before[0] && after[1] > before[1], "{after:?}");
}

#[test]
fn try_register_returns_the_first_mistake() {
    let container = Container::new("app");
    container.gauge("taken").build();
    let error = WorkerMetrics::try_register(&container).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::KindMismatch);
    let page = container.export_prometheus();
    assert!(
        page.contains("app_first 0\n") && !page.contains("app_last"),
        "{page}"
    );

    let error = WorkerMetrics::try_register(&Container::new("app")).err();
    assert_eq!(error.unwrap().kind(), ErrorKind::InvalidBuckets);
}

#[test]
fn a_label_that_the_container_has_already_is_a_mistake_of_the_scope() {
    #[derive(Metrics)]
    #[metrics(prefix = "http", labels(port = "8000"))]
    struct HttpMetrics {
        requests: Counter,
    }
    let container = Container::new("app").scope("", &[("port", "1")]);
    let error = HttpMetrics::try_register(&container).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::DuplicateLabel);

    HttpMetrics::register(&container).requests.inc();
    let page = container.export_prometheus();
    assert!(page.contains("app_http_requests{port=\"1\"} 1\n"), "{page}");
}

#[test]
fn two_structs_over_one_container_are_the_same_series() {
    #[derive(Metrics)]
    struct QueueMetrics {
        waiting: UpDownCounter,
    }
    let container = Container::new("app");
    let first = QueueMetrics::register(&container);
    let second = QueueMetrics::try_register(&container).unwrap();
    first.waiting.inc();
    assert_eq!(second.waiting.get_value(), 1);
}

#[test]
fn the_base_is_made_over_the_container_as_it_was_passed_in() {
    #[derive(Metrics)]
    #[metrics(prefix = "http", labels(port = "8000"))]
    struct HttpMetrics {
        requests: Counter,
        base: BaseComponentMetrics,
        #[metric(skip)]
        note: String,
    }
    let container = Container::new("app");
    for metrics in [
        HttpMetrics::register(&container),
        HttpMetrics::try_register(&container).unwrap(),
    ] {
        metrics.requests.inc();
        assert_eq!(metrics.base.native().prefix(), "app");
        assert!(metrics.note.is_empty());
    }
    let page = container.export_prometheus();
    assert!(
        page.contains("app_http_requests{port=\"8000\"} 2\n"),
        "{page}"
    );
    assert!(page.contains("app_build_info{version="), "{page}");
}

#[test]
fn a_field_called_base_with_an_attribute_is_a_metric() {
    #[derive(Metrics)]
    struct LevelMetrics {
        #[metric(name = "base")]
        base: Gauge,
    }
    let container = Container::new("app");
    LevelMetrics::register(&container).base.set(2.0);
    assert!(container.export_prometheus().contains("app_base 2\n"));
}
