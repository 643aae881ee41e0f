//! Exposition text as a source.

use std::io;

use dynamometer::{Container, Kind, OpenMetrics, Source, SourceErrorKind, Value};
use dynamometer_exposition::parse;
use proptest::prelude::*;

use crate::page::{PATIENCE, counted, up};

/// What a source that returns this text puts on a page.
fn page_of(name: &str, text: &'static str) -> String {
    let container = Container::new("app");
    container
        .source(name, move || text)
        .timeout(PATIENCE)
        .attach();
    container.export_prometheus()
}

#[test]
fn text_of_several_exporters_is_put_together_family_by_family() {
    let text = "# HELP x_total X.\n# TYPE x_total counter\nx_total{from=\"a\"} 1\n\
                # TYPE y gauge\ny 2\n\
                # HELP x_total X.\n# TYPE x_total counter\nx_total{from=\"b\"} 2\n\
                x_total{from=\"a\"} 3";
    let before = counted("dynamometer_dropped_samples_total", "source_conflict");
    let page = "# HELP x_total X.\n# TYPE x_total counter\n\
                x_total{from=\"a\"} 1\nx_total{from=\"b\"} 2\n# TYPE y gauge\ny 2\n";
    assert_eq!(page_of("text_joined", text), page);
    let after = counted("dynamometer_dropped_samples_total", "source_conflict");
    assert!(after >= before + 1.0);
}

#[test]
fn text_that_ends_in_eof_is_openmetrics() {
    let text = "# TYPE x counter\nx_total 1.0\nx_created 1500.5\n# EOF\n";
    let read = || text;
    let snapshot = read.read().unwrap();
    let sample = snapshot
        .family("x_total")
        .unwrap()
        .samples()
        .next()
        .unwrap();
    assert_eq!(
        (sample.value, sample.created),
        (Value::Unsigned(1), Some(1500.5))
    );
    // A counter without `_total` is for the older format alone.
    let read = || "# TYPE x counter\nx 1\n# EOF\n";
    assert_eq!(read.read().unwrap_err().kind(), SourceErrorKind::Format);
    let read = || "# a comment that ends in # EOF\nx 1\n";
    let snapshot = read.read().unwrap();
    assert_eq!(snapshot.families()[0].desc().kind(), Kind::Unknown);
}

#[test]
fn text_that_is_said_to_be_openmetrics_is_read_with_or_without_its_end() {
    for text in [
        "# TYPE x info\nx_info{a=\"1\"} 1\n# EOF\n",
        "# TYPE x info\nx_info{a=\"1\"} 1",
    ] {
        let read = move || OpenMetrics(text);
        let snapshot = read.read().unwrap();
        assert_eq!(snapshot.families()[0].desc().kind(), Kind::Info, "{text:?}");
    }
    let read = || OpenMetrics(String::new());
    assert_eq!(read.read().unwrap().series(), 0);
}

#[test]
fn text_that_can_not_be_read_says_where_and_keeps_its_source_down() {
    let container = Container::new("app");
    container.counter("own_total").build().inc();
    let garbage = || -> io::Result<String> { Ok("x 1\n<html>\n".to_owned()) };
    let error = garbage.read().unwrap_err();
    assert_eq!(error.kind(), SourceErrorKind::Format);
    assert!(error.to_string().starts_with("line 2"), "{error}");
    container
        .source("text_garbage", garbage)
        .timeout(PATIENCE)
        .attach();
    assert_eq!(
        container.export_prometheus(),
        "# TYPE app_own_total counter\napp_own_total 1\n"
    );
    assert_eq!(up("text_garbage"), Some(0.0));
}

#[test]
fn a_family_with_two_types_is_garbage() {
    let text = "# TYPE x counter\nx 1\n# TYPE x gauge\nx{a=\"1\"} 1\n";
    let read = || text;
    assert_eq!(read.read().unwrap_err().kind(), SourceErrorKind::Format);
}

/// Lines of a page, good and bad, that may clash with each other and with ours.
fn line() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["app_own", "app_own_count", "app_wait", "x", "x_sum"]);
    let kind = prop::sample::select(vec!["counter", "gauge", "histogram", "summary", "untyped"]);
    let suffix = prop::sample::select(vec!["", "_bucket", "_sum", "_count"]);
    let labels = prop::sample::select(vec!["", "{a=\"1\"}", "{le=\"+Inf\"}", "{le=\"1\"}"]);
    prop_oneof![
        (name.clone(), kind).prop_map(|(name, kind)| format!("# TYPE {name} {kind}\n")),
        (name, suffix, labels, 0..4)
            .prop_map(|(name, suffix, labels, value)| format!("{name}{suffix}{labels} {value}\n")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_sources_return_the_page_is_valid(
        one in prop::collection::vec(line(), 0..8),
        two in prop::collection::vec(line(), 0..8),
    ) {
        let container = Container::new("app");
        container.counter("own").build().inc();
        container.histogram("wait").buckets(&[1.0]).build().observe(0.5);
        let (one, two) = (one.concat(), two.concat());
        let first = container.source("text_any_one", move || one.clone()).timeout(PATIENCE).owned();
        let second = container.source("text_any_two", move || two.clone()).timeout(PATIENCE).owned();
        let page = container.export_prometheus();
        let read = parse::text(&page);
        let own = read.as_ref().ok().and_then(|read| read.value("app_own", &[]));
        prop_assert_eq!(own, Some(Value::Unsigned(1)), "{:?}\n{}", read, page);
        drop((first, second));
    }
}
