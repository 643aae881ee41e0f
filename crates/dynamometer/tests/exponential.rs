//! Histograms whose buckets grow with the value.

use std::thread;

use dynamometer::{Container, ErrorKind, ExponentialLayout, Labels, MetricHistogram, Value};

fn dropped(reason: &str) -> f64 {
    let snapshot = dynamometer::self_metrics().get_metrics();
    let value = snapshot.value("dynamometer_dropped_samples_total", &[("reason", reason)]);
    value.map_or(0.0, Value::as_f64)
}

#[test]
fn quantiles_are_right_within_the_width_of_a_bucket() {
    let container = Container::new("app");
    let latency = container.exponential_histogram("latency_seconds").build();
    thread::scope(|scope| {
        for thread in 0..4 {
            let latency = &latency;
            scope.spawn(move || {
                for step in 0..2500 {
                    latency.observe(f64::from(step * 4 + thread + 1) / 1000.0);
                }
            });
        }
    });
    let value = latency.get_value();
    assert_eq!(value.count(), 10_000);
    assert!((value.sum() - 50_005.0).abs() < 1e-6);
    for (quantile, exact) in [(0.1, 1.0), (0.5, 5.0), (0.99, 9.9)] {
        let found = value.quantile(quantile).unwrap();
        assert!((found / exact - 1.0).abs() < 0.05, "{quantile}: {found}");
    }
}

#[test]
fn more_buckets_than_the_limit_become_wider() {
    let container = Container::new("app");
    let wide = container.exponential_histogram("wide").build();
    let narrow = container.exponential_histogram("narrow").build();
    for exponent in -29..33 {
        wide.observe(f64::from(exponent).exp2());
    }
    (1..=50).for_each(|value| narrow.observe(1.0 + f64::from(value) / 50.0));
    let (wide, narrow) = (wide.get_value(), narrow.get_value());
    assert_eq!(narrow.schema(), 3, "few buckets keep their width");
    assert!(
        wide.schema() < 3,
        "62 doublings do not fit into 160 buckets of 9 %"
    );
    assert!(wide.positive_counts().counts().len() <= 160);
    assert_eq!(wide.count(), 62);
}

#[test]
fn what_has_no_bucket_is_dropped_and_counted() {
    let container = Container::new("app");
    let plain = container.exponential_histogram("plain").build();
    let layout = ExponentialLayout {
        is_signed: true,
        ..ExponentialLayout::default()
    };
    let signed = container
        .exponential_histogram("signed")
        .layout(layout)
        .build();
    let (nan, negative) = (dropped("nan"), dropped("negative"));
    for histogram in [&plain, &signed] {
        for value in [f64::NAN, -1.0, 0.0, -0.0, 1.0, f64::INFINITY] {
            histogram.observe(value);
        }
        histogram.observe_n(2.0, 0);
    }
    assert!(dropped("nan") >= nan + 2.0);
    assert!(dropped("negative") >= negative + 1.0);
    assert_eq!(
        (plain.get_value().count(), plain.get_value().zero_count()),
        (4, 2)
    );
    assert_eq!(
        (signed.get_value().count(), signed.get_value().zero_count()),
        (5, 2)
    );
    assert_eq!(signed.get_value().negative_counts().count(), 1);
}

#[test]
fn the_page_has_a_bucket_for_each_doubling() {
    let container = Container::new("app");
    let size = container.exponential_histogram("size_bytes").build();
    for value in [1.5, 3.0, 3.5, 4.0] {
        size.observe(value);
    }
    let page = container.export_prometheus();
    for line in [
        "# TYPE app_size_bytes histogram",
        "app_size_bytes_bucket{le=\"2.0\"} 1",
        "app_size_bytes_bucket{le=\"4.0\"} 4",
        "app_size_bytes_bucket{le=\"+Inf\"} 4",
        "app_size_bytes_sum 12",
        "app_size_bytes_count 4",
    ] {
        assert!(page.lines().any(|known| known == line), "{line} in {page}");
    }
    let boxed: Box<dyn MetricHistogram> = Box::new(size);
    assert_eq!(boxed.get_value().counts().iter().sum::<u64>(), 4);
}

#[test]
fn a_layout_that_makes_no_sense_or_differs_is_refused() {
    let container = Container::new("app");
    let layout = |schema| ExponentialLayout {
        schema,
        ..ExponentialLayout::default()
    };
    let build = |schema| {
        let builder = container.exponential_histogram("latency_seconds");
        builder.layout(layout(schema)).try_build()
    };
    assert_eq!(build(9).unwrap_err().kind(), ErrorKind::InvalidBuckets);
    assert!(build(3).is_ok());
    let error = build(2).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BucketsMismatch);
    assert!(error.to_string().contains("schema: 3"), "{error}");
    let explicit = container.histogram("latency_seconds").try_build();
    assert_eq!(explicit.unwrap_err().kind(), ErrorKind::KindMismatch);
    let detached = container
        .exponential_histogram("latency_seconds")
        .layout(layout(9))
        .build();
    detached.observe(1.0);
    assert_eq!(
        detached.get_value().count(),
        1,
        "it works, and nobody sees it"
    );
}

#[test]
fn a_family_of_them_is_looked_up_like_any_other() {
    struct Key(bool);
    impl Labels for Key {
        const NAMES: &'static [&'static str] = &["streaming"];
        const VALUES: &'static [Option<&'static [&'static str]>] = &[Some(&["false", "true"])];
        fn index(&self) -> usize {
            usize::from(self.0)
        }
        fn with_values<R>(&self, with: impl FnOnce(&[&str]) -> R) -> R {
            with(&[if self.0 { "true" } else { "false" }])
        }
    }
    let container = Container::new("app");
    let family = container
        .exponential_histogram("latency_seconds")
        .keyed::<Key>();
    family.with(&Key(true)).observe(0.5);
    family.with(&Key(true)).start_timer().discard();
    let snapshot = container.get_metrics();
    let count = |streaming| match snapshot.value("app_latency_seconds", &[("streaming", streaming)])
    {
        Some(Value::Exponential(value)) => value.count(),
        other => panic!("{other:?}"),
    };
    assert_eq!((count("true"), count("false")), (1, 0));
}
