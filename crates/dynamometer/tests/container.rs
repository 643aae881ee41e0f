//! Containers, scopes and names.

use std::time::Duration;

use dynamometer::{Clock, Container, MetricContainer, Unit, Value, self_metrics};

#[test]
fn asking_twice_for_a_series_gives_the_same_cells() {
    let container = Container::new("app");
    let one = container
        .counter("x_total")
        .label("a", "1")
        .label("b", "2")
        .build();
    let same = container
        .counter("x_total")
        .label("b", "2")
        .label("a", "1")
        .build();
    let boxed = container.create_counter("x_total", "", &[("a", "1"), ("b", "2")]);
    one.inc();
    same.inc();
    boxed.inc();
    assert_eq!(
        (one.get_value(), same.get_value(), boxed.get_value()),
        (3, 3, 3)
    );
    assert_eq!(container.get_metrics().series(), 1);
}

#[test]
fn a_series_stays_when_its_handles_are_gone() {
    let container = Container::new("app");
    container.counter("x_total").build().inc();
    drop(container.counter("x_total").build());
    assert_eq!(
        container.get_metrics().value("app_x_total", &[]),
        Some(Value::Unsigned(1))
    );
}

#[test]
fn what_is_declared_and_never_recorded_shows_zero() {
    let container = Container::new("app");
    let _ = container.counter("c_total").build();
    let _ = container.histogram("h").buckets(&[1.0]).build();
    let _ = container.up_down_counter("u").build();
    let page = container.export_prometheus();
    for line in ["app_c_total 0", "app_h_count 0", "app_h_sum 0", "app_u 0"] {
        assert!(
            page.lines().any(|written| written == line),
            "{line} is missing in\n{page}"
        );
    }
}

#[test]
fn scopes_nest_and_share_families_and_the_page() {
    let root = Container::new("app");
    let http = root.scope("http", &[("port", "8000")]);
    let admin = http.scope("", &[("path", "/admin")]);
    http.counter("requests_total").build().inc_by(2);
    admin.counter("requests_total").build().inc_by(3);
    assert_eq!(admin.prefix(), "app_http");
    let page = root.export_prometheus();
    assert!(
        page.contains("app_http_requests_total{port=\"8000\"} 2\n"),
        "{page}"
    );
    assert!(
        page.contains("app_http_requests_total{path=\"/admin\",port=\"8000\"} 3\n"),
        "{page}"
    );
    assert_eq!(
        page.matches("# TYPE").count(),
        1,
        "one family from two levels:\n{page}"
    );
}

#[test]
fn a_unit_ends_the_name() {
    let container = Container::new("app");
    let _ = container.histogram("latency").unit(Unit::Seconds).build();
    let _ = container.counter("sent_total").unit(Unit::Bytes).build();
    let snapshot = container.get_metrics();
    let names: Vec<_> = snapshot
        .families()
        .iter()
        .map(|family| family.desc().name())
        .collect();
    assert_eq!(names, ["app_latency_seconds", "app_sent_bytes_total"]);
}

#[test]
fn timers_follow_the_containers_clock() {
    let clock = Clock::manual(Duration::from_secs(1_700_000_000));
    let container = Container::with_clock("app", clock.clone());
    let latency = container
        .histogram("latency_seconds")
        .buckets(&[0.1, 1.0])
        .build();
    let timer = latency.start_timer();
    clock.advance(Duration::from_millis(500));
    assert_eq!(timer.stop(), Duration::from_millis(500));
    latency.start_timer().discard();
    latency.time(|| clock.advance(Duration::from_secs(2)));
    let value = latency.get_value();
    assert_eq!(value.counts(), [0, 1, 1]);
    assert!((value.sum() - 2.5).abs() < 1e-9);
}

#[test]
fn a_guard_counts_while_it_lives_even_on_another_thread() {
    let container = Container::new("app");
    let inflight = container.up_down_counter("inflight_requests").build();
    let guard = inflight.in_flight();
    assert_eq!(inflight.get_value(), 1);
    std::thread::spawn(move || drop(guard)).join().unwrap();
    assert_eq!(inflight.get_value(), 0);
}

#[test]
fn nan_and_negative_adds_are_dropped_and_counted() {
    let dropped = |reason| {
        let page = self_metrics().get_metrics();
        let value = page.value("dynamometer_dropped_samples_total", &[("reason", reason)]);
        value.map_or(0.0, Value::as_f64)
    };
    let (nan, negative) = (dropped("nan"), dropped("negative"));
    let container = Container::new("app");
    let amount = container.float_counter("amount_total").build();
    amount.inc_by(f64::NAN);
    amount.inc_by(-1.0);
    amount.inc_by(2.0);
    let histogram = container.histogram("h").build();
    histogram.observe(f64::NAN);
    histogram.observe(1.0);
    assert!((amount.get_value() - 2.0).abs() < 1e-12);
    assert_eq!(
        (histogram.get_value().count(), histogram.get_value().sum()),
        (1, 1.0)
    );
    assert!(dropped("nan") >= nan + 2.0);
    assert!(dropped("negative") >= negative + 1.0);
}

#[test]
fn a_gauge_keeps_nan() {
    let gauge = Container::new("app").gauge("g").build();
    gauge.set(f64::NAN);
    assert!(gauge.get_value().is_nan());
}

#[test]
fn reading_changes_nothing() {
    let container = Container::new("app");
    container.counter("x_total").build().inc_by(7);
    container.histogram("h").build().observe(0.3);
    assert_eq!(container.export_prometheus(), container.export_prometheus());
}

#[test]
fn handles_outlive_their_container() {
    let counter = Container::new("app").counter("x_total").build();
    counter.inc();
    assert_eq!(counter.get_value(), 1);
}
