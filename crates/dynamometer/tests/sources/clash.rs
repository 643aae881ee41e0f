//! What can be on no page, and what clashes: the smallest part is left out.

use dynamometer::{Container, Desc, Family, Kind, LabelSet, Value, Values};
use std::sync::Arc;

use crate::page::{PATIENCE, counted, family, gauge, histogram, up, value};

const DROPPED: &str = "dynamometer_dropped_samples_total";

#[test]
fn a_family_of_another_kind_than_ours_is_left_out() {
    let container = Container::new("app");
    container.counter("requests_total").build().inc();
    let read = || {
        vec![
            gauge("app_requests_total", "a", 3.0),
            gauge("other", "a", 1.0),
        ]
    };
    container
        .source("clash_kind", read)
        .timeout(PATIENCE)
        .attach();
    let page = container.get_metrics();
    assert_eq!(
        page.value("app_requests_total", &[]),
        Some(Value::Unsigned(1))
    );
    assert_eq!(page.series(), 2, "the rest of it is there");
    assert_eq!(up("clash_kind"), Some(1.0));
}

#[test]
fn series_of_a_source_join_our_family_and_ours_wins() {
    let container = Container::new("app");
    let jobs = container.counter("jobs_total").vec(&["from"]);
    jobs.with_label_values(&["us"]).inc();
    let read = || {
        let of = |from| {
            family(
                "app_jobs_total",
                Kind::Counter,
                from,
                Values::Unsigned(vec![9]),
            )
        };
        vec![of("us"), of("them")]
    };
    container
        .source("clash_series", read)
        .timeout(PATIENCE)
        .attach();
    let text = container.export_prometheus();
    let page = "# TYPE app_jobs_total counter\n\
                app_jobs_total{from=\"us\"} 1\napp_jobs_total{from=\"them\"} 9\n";
    assert_eq!(text, page);
}

#[test]
fn lines_of_our_histogram_are_not_for_a_source() {
    let container = Container::new("app");
    container
        .histogram("wait")
        .buckets(&[1.0])
        .build()
        .observe(0.5);
    let read = || {
        let lines = ["app_wait_count", "app_wait_sum", "app_wait_bucket"];
        lines
            .map(|line| gauge(line, "a", 9.0))
            .into_iter()
            .collect::<Vec<_>>()
    };
    container
        .source("clash_lines", read)
        .timeout(PATIENCE)
        .attach();
    let names: Vec<_> = container.get_metrics().families().to_vec();
    assert_eq!(names.len(), 1);
}

#[test]
fn a_histogram_of_a_source_leaves_our_lines_alone() {
    let container = Container::new("app");
    container.counter("wait_count").build().inc();
    container
        .source("clash_other_lines", || vec![histogram("app_wait", "a")])
        .timeout(PATIENCE)
        .attach();
    let page = container.get_metrics();
    assert_eq!(page.value("app_wait_count", &[]), Some(Value::Unsigned(1)));
    assert_eq!(page.series(), 1);
}

#[test]
fn of_two_sources_the_one_attached_first_wins_whichever_is_faster() {
    let container = Container::new("app");
    let (slow, gate) = crate::page::Gated::new("x");
    container
        .source("clash_first", slow)
        .timeout(PATIENCE)
        .attach();
    let read = || {
        vec![
            gauge("x", "gate", 2.0),
            histogram("y", "a"),
            gauge("x", "b", 3.0),
        ]
    };
    container
        .source("clash_second", read)
        .timeout(PATIENCE)
        .attach();
    container
        .source("clash_third", || vec![gauge("y_sum", "a", 2.0)])
        .timeout(PATIENCE)
        .attach();
    gate.go_on.send(1.0).unwrap();
    let page = container.get_metrics();
    assert_eq!(value(&page, "x", "gate"), Some(1.0));
    assert_eq!(value(&page, "x", "b"), Some(3.0));
    assert_eq!(page.families().len(), 2, "{page:?}");
}

// The only clashes of the process are here where a test runs alone.
#[test]
fn series_left_out_are_counted_by_reason() {
    let container = Container::new("app");
    container.gauge("own").build();
    let before = (
        counted(DROPPED, "source_conflict"),
        counted(DROPPED, "source_invalid"),
    );
    let read = || {
        let sets = vec![LabelSet::empty(), LabelSet::new([("a", "1")])];
        let own = Desc::new("app_own", Kind::Counter);
        let own = Family::new(own, Arc::new(sets), Values::Unsigned(vec![1, 2]));
        vec![own, gauge("bad name", "a", 1.0), gauge("good", "a", 1.0)]
    };
    container
        .source("clash_counted", read)
        .timeout(PATIENCE)
        .attach();
    let _ = container.get_metrics();
    let after = (
        counted(DROPPED, "source_conflict"),
        counted(DROPPED, "source_invalid"),
    );
    assert!(after.0 >= before.0 + 2.0, "{before:?} {after:?}");
    assert!(after.1 >= before.1 + 1.0, "{before:?} {after:?}");
}

#[test]
fn what_a_source_has_twice_is_there_once() {
    let container = Container::new("app");
    let read = || {
        let first = Family::new(
            Desc::new("x", Kind::Gauge).help("First."),
            Arc::new(vec![LabelSet::new([("from", "a")])]),
            Values::Float(vec![1.0]),
        );
        vec![first, gauge("x", "a", 2.0), gauge("x", "b", 3.0)]
    };
    container
        .source("clash_twice", read)
        .timeout(PATIENCE)
        .attach();
    let page = "# HELP x First.\n# TYPE x gauge\nx{from=\"a\"} 1\nx{from=\"b\"} 3\n";
    assert_eq!(container.export_prometheus(), page);
}

#[test]
fn names_and_labels_that_can_not_be_are_left_out_of_the_page() {
    let container = Container::new("app");
    let read = || {
        let evil = LabelSet::new([("a=\"1\"} 5\nevil", "x")]);
        let sets = vec![evil, LabelSet::new([("__a", "x")]), LabelSet::empty()];
        let desc = Desc::new("good", Kind::Gauge);
        let good = Family::new(desc, Arc::new(sets), Values::Float(vec![1.0, 2.0, 3.0]));
        vec![
            good,
            gauge("evil 1\nevil", "a", 1.0),
            gauge("__evil", "a", 1.0),
        ]
    };
    container
        .source("clash_names", read)
        .timeout(PATIENCE)
        .attach();
    assert_eq!(container.export_prometheus(), "# TYPE good gauge\ngood 3\n");
}
