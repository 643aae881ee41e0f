//! Wrong names, labels and buckets: a typed error, a working handle, and the
//! rest of the page untouched.

use dynamometer::{Container, ErrorKind, MetricContainer, Unit, Value, self_metrics};

fn kind<T>(result: Result<T, dynamometer::Error>) -> ErrorKind {
    match result {
        Ok(_) => panic!("this must be refused"),
        Err(error) => error.kind(),
    }
}

fn refusals(reason: &str) -> f64 {
    let page = self_metrics().get_metrics();
    let value = page.value(
        "dynamometer_registration_errors_total",
        &[("reason", reason)],
    );
    value.map_or(0.0, Value::as_f64)
}

#[test]
fn names_without_a_usable_character_are_refused() {
    let container = Container::new("app");
    for name in ["", "@#$%", "____", " ", "🙂"] {
        assert_eq!(
            kind(container.counter(name).try_build()),
            ErrorKind::InvalidName,
            "{name:?}"
        );
    }
    assert_eq!(kind(Container::try_new("@@")), ErrorKind::InvalidName);
    assert!(Container::try_new("").is_ok());
}

#[test]
fn a_name_in_use_by_something_else_is_refused_with_what_it_is() {
    let container = Container::new("app");
    let buckets = &[0.1, 1.0];
    let _ = container
        .counter("x")
        .help("The first.")
        .try_build()
        .unwrap();
    let _ = container
        .histogram("h")
        .unit(Unit::Seconds)
        .buckets(buckets)
        .try_build()
        .unwrap();
    let _ = container.gauge("my-gauge").try_build().unwrap();

    let mismatch = container.gauge("x").try_build().unwrap_err();
    assert_eq!(mismatch.kind(), ErrorKind::KindMismatch);
    assert_eq!(mismatch.existing(), Some("a counter, \"The first.\""));
    assert_eq!(
        kind(container.float_counter("x").try_build()),
        ErrorKind::KindMismatch
    );
    assert_eq!(
        kind(
            container
                .histogram("h_seconds")
                .buckets(buckets)
                .try_build()
        ),
        ErrorKind::UnitMismatch
    );
    let other = container
        .histogram("h")
        .unit(Unit::Seconds)
        .buckets(&[2.0])
        .try_build();
    let other = other.unwrap_err();
    assert_eq!(other.kind(), ErrorKind::BucketsMismatch);
    assert!(other.to_string().contains("[0.1, 1.0]"), "{other}");
    assert_eq!(
        kind(container.gauge("my.gauge").try_build()),
        ErrorKind::NameCollision
    );
}

#[test]
fn scopes_that_are_sanitised_alike_do_not_share_a_family() {
    let container = Container::new("app");
    let first = container.scope("a-b", &[]);
    let _ = first.counter("x_total").try_build().unwrap();
    let second = container.scope("a.b", &[]);
    assert_eq!(
        kind(second.counter("x_total").try_build()),
        ErrorKind::NameCollision
    );
    assert!(
        first
            .scope("", &[("l", "v")])
            .counter("x_total")
            .try_build()
            .is_ok()
    );
}

#[test]
fn lines_of_a_histogram_can_not_be_taken() {
    let container = Container::new("app");
    let _ = container.histogram("h").try_build().unwrap();
    for name in ["h_bucket", "h_sum", "h_count"] {
        assert_eq!(
            kind(container.counter(name).try_build()),
            ErrorKind::NameCollision,
            "{name}"
        );
    }
    let _ = container.counter("g_count").try_build().unwrap();
    assert_eq!(
        kind(container.histogram("g").try_build()),
        ErrorKind::NameCollision
    );
}

#[test]
fn wrong_labels_are_refused() {
    let container = Container::new("app").scope("", &[("region", "eu")]);
    let refused = |labels: &[(&str, &str)]| kind(container.counter("x").labels(labels).try_build());
    assert_eq!(refused(&[("", "v")]), ErrorKind::InvalidLabel);
    assert_eq!(refused(&[("!!", "v")]), ErrorKind::InvalidLabel);
    assert_eq!(refused(&[("le", "v")]), ErrorKind::ReservedLabel);
    assert_eq!(refused(&[("quantile", "v")]), ErrorKind::ReservedLabel);
    assert_eq!(refused(&[("__name__", "v")]), ErrorKind::ReservedLabel);
    assert_eq!(
        refused(&[("a", "v"), ("a", "w")]),
        ErrorKind::DuplicateLabel
    );
    assert_eq!(refused(&[("region", "us")]), ErrorKind::DuplicateLabel);
}

#[test]
fn wrong_buckets_are_refused() {
    let container = Container::new("app");
    let lists: [&[f64]; 7] = [
        &[],
        &[2.0, 1.0],
        &[1.0, 1.0],
        &[f64::NAN],
        &[1.0, f64::INFINITY],
        &[f64::NEG_INFINITY, 1.0],
        &[1.0, f64::NAN, 2.0],
    ];
    for buckets in lists {
        let refused = container.histogram("h").buckets(buckets).try_build();
        assert_eq!(kind(refused), ErrorKind::InvalidBuckets, "{buckets:?}");
    }
    assert_eq!(container.get_metrics().series(), 0);
}

#[test]
fn create_returns_a_working_handle_and_counts_the_mistake() {
    let container = Container::new("app");
    let good = container.create_counter("good_total", "Good.", &[]);
    let before = refusals("invalid_name");
    let detached = container.create_counter("@@", "Bad.", &[]);
    detached.inc_by(3);
    good.inc();
    assert_eq!(detached.get_value(), 3);
    assert!(refusals("invalid_name") > before);
    let gauge = container.create_gauge("good_total", "A counter already.", &[]);
    gauge.set(2.5);
    assert!((gauge.get_value() - 2.5).abs() < 1e-12);
    let histogram = container.create_histogram_with_buckets("h", "", &[], &[2.0, 1.0]);
    histogram.observe(0.5);
    assert_eq!(histogram.get_value().count(), 1);
    assert_eq!(
        container.get_metrics().series(),
        1,
        "only the good one is served"
    );
}

#[test]
fn label_values_may_be_any_text() {
    let container = Container::new("app");
    let megabyte = "x".repeat(1 << 20);
    let values = [
        "a\"b",
        "a\nb",
        "a\\",
        "a,b=\"c\"}",
        "🙂",
        "",
        " ",
        &megabyte,
    ];
    for value in values {
        container.counter("x_total").label("v", value).build().inc();
    }
    let snapshot = container.get_metrics();
    for value in values {
        assert_eq!(
            snapshot.value("app_x_total", &[("v", value)]),
            Some(Value::Unsigned(1))
        );
    }
    assert_eq!(
        container.export_prometheus().lines().count(),
        values.len() + 1
    );
}

#[test]
fn a_scope_with_a_wrong_label_keeps_the_others() {
    let container = Container::new("app");
    let scope = container.scope("@@", &[("le", "1"), ("ok", "2"), ("ok", "3")]);
    scope.counter("x_total").build().inc();
    assert_eq!(
        container.get_metrics().value("app_x_total", &[("ok", "2")]),
        Some(Value::Unsigned(1))
    );
}
