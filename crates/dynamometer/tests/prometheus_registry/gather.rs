//! A registry as a source.

use std::collections::HashMap;
use std::time::Duration;

use dynamometer::{Container, Value};
use prometheus::proto::{Bucket, Histogram, MetricType, Quantile, Summary};
use prometheus::{
    Counter, CounterVec, Gauge, HistogramOpts, HistogramVec, IntCounter, IntGauge, Opts, Registry,
};

use crate::given::{PATIENCE, family, give, is_up, left_out, metric, page_of};

#[test]
fn metrics_of_a_registry_stand_on_the_page() {
    let registry = Registry::new();
    let requests = IntCounter::new("requests_total", "Requests.").unwrap();
    requests.inc_by(3);
    let seconds = Counter::with_opts(Opts::new("busy_seconds", "Busy.").const_label("cpu", "0"));
    let seconds = seconds.unwrap();
    seconds.inc_by(0.5);
    let queue = IntGauge::new("queue", "Waiting: \\ \n.").unwrap();
    queue.set(-2);
    let by_code = CounterVec::new(Opts::new("codes_total", "By code."), &["code"]).unwrap();
    by_code.with_label_values(&["a\"\\\n"]).inc();
    let empty = CounterVec::new(Opts::new("empty_total", "Nothing."), &["code"]).unwrap();
    let opts = HistogramOpts::new("wait", "Waited.").buckets(vec![0.1, 1.0]);
    let wait = HistogramVec::new(opts, &["path"]).unwrap();
    for value in [0.05, 0.5, 2.0] {
        wait.with_label_values(&["/"]).observe(value);
    }
    registry.register(Box::new(requests)).unwrap();
    registry.register(Box::new(seconds)).unwrap();
    registry.register(Box::new(queue)).unwrap();
    registry.register(Box::new(by_code)).unwrap();
    registry.register(Box::new(empty)).unwrap();
    registry.register(Box::new(wait)).unwrap();

    let page = page_of("gather_kinds", &registry);
    let expected = "# HELP busy_seconds Busy.\n# TYPE busy_seconds counter\n\
        busy_seconds{cpu=\"0\"} 0.5\n\
        # HELP codes_total By code.\n# TYPE codes_total counter\n\
        codes_total{code=\"a\\\"\\\\\\n\"} 1\n\
        # HELP queue Waiting: \\\\ \\n.\n# TYPE queue gauge\nqueue -2\n\
        # HELP requests_total Requests.\n# TYPE requests_total counter\nrequests_total 3\n\
        # HELP wait Waited.\n# TYPE wait histogram\n\
        wait_bucket{path=\"/\",le=\"0.1\"} 1\nwait_bucket{path=\"/\",le=\"1.0\"} 2\n\
        wait_bucket{path=\"/\",le=\"+Inf\"} 3\nwait_sum{path=\"/\"} 2.55\n\
        wait_count{path=\"/\"} 3\n";
    assert_eq!(page, expected);
    assert!(dynamometer_exposition::parse::text(&page).is_ok());
}

#[test]
fn whole_counters_join_ours_as_whole_numbers() {
    let registry = Registry::new();
    let theirs = CounterVec::new(Opts::new("app_jobs_total", "Jobs."), &["from"]).unwrap();
    theirs.with_label_values(&["them"]).inc_by(2.0);
    registry.register(Box::new(theirs)).unwrap();
    let container = Container::new("app");
    let ours = container.counter("jobs_total").vec(&["from"]);
    ours.with_label_values(&["us"]).inc_by(u64::MAX);
    container
        .source("gather_whole", registry)
        .timeout(PATIENCE)
        .attach();
    let page = container.get_metrics();
    let value = |from| page.value("app_jobs_total", &[("from", from)]);
    assert_eq!(value("us"), Some(Value::Unsigned(u64::MAX)));
    assert_eq!(value("them"), Some(Value::Unsigned(2)));
}

#[test]
fn the_prefix_and_labels_of_a_registry_are_there() {
    let labels = HashMap::from([("host".to_owned(), "h1".to_owned())]);
    let registry = Registry::new_custom(Some("their".into()), Some(labels)).unwrap();
    let gauge = Gauge::new("x", "X.").unwrap();
    gauge.set(f64::NAN);
    registry.register(Box::new(gauge)).unwrap();
    let page = page_of("gather_prefix", &registry);
    assert!(page.contains("\ntheir_x{host=\"h1\"} NaN\n"), "{page}");
}

#[test]
fn a_label_that_the_registry_adds_again_leaves_its_series_out() {
    let labels = HashMap::from([("host".to_owned(), "h1".to_owned())]);
    let registry = Registry::new_custom(None, Some(labels)).unwrap();
    let twice = Gauge::with_opts(Opts::new("twice", "X.").const_label("host", "h2")).unwrap();
    registry.register(Box::new(twice)).unwrap();
    registry
        .register(Box::new(Gauge::new("once", "X.").unwrap()))
        .unwrap();
    let page = page_of("gather_labels", &registry);
    assert!(
        !page.contains("twice") && page.contains("\nonce{host=\"h1\"} 0\n"),
        "{page}"
    );
}

fn histogram(buckets: &[(f64, u64)], count: u64) -> Histogram {
    let mut histogram = Histogram::default();
    let bucket = |&(bound, count): &(f64, u64)| {
        let mut bucket = Bucket::default();
        bucket.set_upper_bound(bound);
        bucket.set_cumulative_count(count);
        bucket
    };
    histogram.set_bucket(buckets.iter().map(bucket).collect());
    histogram.set_sample_count(count);
    histogram.set_sample_sum(1.5);
    histogram
}

#[test]
fn histograms_have_their_last_bucket_whether_it_was_given_or_not() {
    let registry = Registry::new();
    give(&registry, || {
        let of = |name, histogram| {
            let mut one = metric(&[("of", name)]);
            one.set_histogram(histogram);
            one
        };
        let metrics = vec![
            of("given", histogram(&[(1.0, 2), (f64::INFINITY, 5)], 5)),
            of("missing", histogram(&[(1.0, 2)], 5)),
            of("none", histogram(&[], 5)),
            of("other", histogram(&[(0.5, 1), (1.0, 2)], 5)),
        ];
        vec![family("wait", MetricType::HISTOGRAM, metrics)]
    });
    let page = page_of("gather_last", &registry);
    for of in ["given", "missing", "none", "other"] {
        let last = format!("wait_bucket{{of=\"{of}\",le=\"+Inf\"}} 5\n");
        assert_eq!(page.matches(&last).count(), 1, "{page}");
        assert!(
            page.contains(&format!("wait_count{{of=\"{of}\"}} 5\n")),
            "{page}"
        );
    }
    assert_eq!(page.matches("le=\"1.0\"} 2\n").count(), 3, "{page}");
}

#[test]
fn histograms_that_can_not_be_are_left_out_and_counted() {
    let registry = Registry::new();
    give(&registry, || {
        let of = |name, histogram| {
            let mut one = metric(&[("of", name)]);
            one.set_histogram(histogram);
            one
        };
        let metrics = vec![
            of("falls", histogram(&[(1.0, 5), (2.0, 3)], 5)),
            of("unordered", histogram(&[(2.0, 1), (1.0, 2)], 5)),
            of("good", histogram(&[(1.0, 1), (2.0, 2)], 5)),
        ];
        vec![family("wait", MetricType::HISTOGRAM, metrics)]
    });
    let before = left_out("source_invalid");
    let page = page_of("gather_falls", &registry);
    assert!(
        page.contains("of=\"good\"") && !page.contains("falls"),
        "{page}"
    );
    assert!(!page.contains("unordered"), "{page}");
    assert!(left_out("source_invalid") >= before + 2.0);
}

#[test]
fn summaries_and_timestamps_are_taken_over() {
    let registry = Registry::new();
    give(&registry, || {
        let mut quantile = Quantile::default();
        quantile.set_quantile(0.5);
        quantile.set_value(f64::NAN);
        let mut summary = Summary::default();
        summary.set_quantile(vec![quantile]);
        summary.set_sample_count(3);
        summary.set_sample_sum(4.5);
        let mut one = metric(&[]);
        one.set_summary(summary);
        one.set_timestamp_ms(1500);
        vec![family(
            "wait",
            MetricType::SUMMARY,
            vec![one, metric(&[("a", "1")])],
        )]
    });
    let container = Container::new("app");
    container
        .source("gather_summary", registry)
        .timeout(PATIENCE)
        .attach();
    let page = container.get_metrics();
    let samples: Vec<_> = page.family("wait").unwrap().samples().collect();
    assert_eq!(samples[0].timestamp, Some(1.5));
    assert_eq!(samples[1].timestamp, None);
    let Value::Summary(value) = samples[0].value else {
        panic!("{:?}", samples[0]);
    };
    assert!(value.quantiles()[0].1.is_nan());
    assert_eq!((value.count(), value.sum()), (3, 4.5));
}

#[test]
fn an_untyped_family_is_left_out_and_the_rest_is_there() {
    let registry = Registry::new();
    give(&registry, || {
        vec![
            family("strange", MetricType::UNTYPED, vec![metric(&[])]),
            family("known", MetricType::GAUGE, vec![metric(&[])]),
        ]
    });
    assert_eq!(
        page_of("gather_untyped", &registry),
        "# TYPE known gauge\nknown 0\n"
    );
}

#[test]
fn a_collector_that_panics_keeps_its_registry_down_alone() {
    let registry = Registry::new();
    registry
        .register(Box::new(Gauge::new("x", "X.").unwrap()))
        .unwrap();
    give(&registry, || panic!("on purpose"));
    let container = Container::new("app");
    container.counter("own_total").build().inc();
    container
        .source("gather_panics", registry)
        .timeout(PATIENCE)
        .attach();
    assert_eq!(
        container.export_prometheus(),
        "# TYPE app_own_total counter\napp_own_total 1\n"
    );
    assert!(!is_up("gather_panics"));
}

#[test]
fn a_registry_that_locks_itself_up_is_down() {
    let registry = Registry::new();
    let again = registry.clone();
    give(&registry, move || {
        // Waits for ever: `gather` holds the lock while it collects.
        let _ = again.register(Box::new(Gauge::new("late", "X.").unwrap()));
        Vec::new()
    });
    let container = Container::new("app");
    container.counter("own_total").build().inc();
    let source = container.source("gather_hangs", registry);
    source.timeout(Duration::from_millis(5)).attach();
    for _ in 0..2 {
        assert_eq!(container.get_metrics().series(), 1);
        assert!(!is_up("gather_hangs"));
    }
}
