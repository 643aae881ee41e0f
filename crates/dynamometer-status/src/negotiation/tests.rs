use proptest::prelude::*;

use super::Representation::{self, Json, OldOpenMetrics, OpenMetrics, Protobuf, Text};
use super::accepts_gzip;

fn negotiate(accept: &str) -> Representation {
    Representation::negotiate([accept])
}

/// What Prometheus sends; see `acceptHeader` in its `scrape/scrape.go`.
#[test]
fn prometheus_gets_what_it_wants_most() {
    for (accept, expected) in [
        // 2.42
        (
            "application/openmetrics-text;version=1.0.0,\
             application/openmetrics-text;version=0.0.1;q=0.75,\
             text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
            OpenMetrics,
        ),
        // 2.42 with native histograms
        (
            "application/vnd.google.protobuf;\
             proto=io.prometheus.client.MetricFamily;encoding=delimited,\
             application/openmetrics-text;version=1.0.0;q=0.8,\
             application/openmetrics-text;version=0.0.1;q=0.75,\
             text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
            Protobuf,
        ),
        // 2.25 and older
        (
            "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
            OldOpenMetrics,
        ),
        // 3.x
        (
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,\
             application/openmetrics-text;version=0.0.1;q=0.5,\
             text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,\
             text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
            OpenMetrics,
        ),
        // 3.x with native histograms
        (
            "application/vnd.google.protobuf;\
             proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,\
             application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,\
             application/openmetrics-text;version=0.0.1;q=0.5,\
             text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,\
             text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
            Protobuf,
        ),
        // 3.14
        (
            "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,\
             text/plain;version=0.0.4;q=0.5,\
             application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.4,*/*;q=0.3",
            Text,
        ),
    ] {
        assert_eq!(negotiate(accept), expected, "{accept}");
    }
}

#[test]
fn whoever_does_not_care_gets_text() {
    for accept in [
        "",
        "*/*",
        "text/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "application/xml",
        "text/plain;version=7",
        "application/openmetrics-text;version=2.0.0",
        "application/json;q=0",
        "*/*;q=0",
        "application/vnd.google.protobuf",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text",
    ] {
        assert_eq!(negotiate(accept), Text, "{accept}");
    }
    assert_eq!(Representation::negotiate([]), Text);
}

#[test]
fn the_closest_range_gives_the_weight() {
    for (accept, expected) in [
        ("text/plain;q=0.1, */*;q=0.9", OpenMetrics),
        ("application/*;q=0.3, application/json;q=0.8", Json),
        ("application/json;q=0.1, application/*;q=0.2", OpenMetrics),
        (
            "*/*, text/*;q=0, application/openmetrics-text;q=0",
            Protobuf,
        ),
        (
            "application/openmetrics-text;q=0.2,application/openmetrics-text;version=0.0.1",
            OldOpenMetrics,
        ),
    ] {
        assert_eq!(negotiate(accept), expected, "{accept}");
    }
}

#[test]
fn equal_weights_go_to_the_closer_range_then_to_the_first() {
    for (accept, expected) in [
        ("application/json, text/plain, */*", Json),
        ("text/plain, application/json", Text),
        ("*/*, application/json", Json),
        ("application/*", OpenMetrics),
        ("application/openmetrics-text", OpenMetrics),
        (
            "application/openmetrics-text;version=0.0.1,application/openmetrics-text;version=1.0.0",
            OldOpenMetrics,
        ),
    ] {
        assert_eq!(negotiate(accept), expected, "{accept}");
    }
}

#[test]
fn case_blanks_and_quotes_do_not_matter() {
    for accept in [
        "Application/OpenMetrics-Text ; Version=\"1.0.0\" ; Q=0.5",
        "\tapplication/openmetrics-text\t;\tversion = 1.0.0",
        ",, ;; ,application/openmetrics-text",
        "x/y;a=\",application/json;\\\"\",application/openmetrics-text;q=0.001",
    ] {
        assert_eq!(negotiate(accept), OpenMetrics, "{accept}");
    }
}

#[test]
fn an_element_with_a_wrong_weight_is_passed_over() {
    for weight in ["2", "1.001", "-1", "0.1234", "", "nan", "0.x", ".5", "1e0"] {
        let accept = format!("application/json;q={weight}");
        assert_eq!(negotiate(&accept), Text, "{accept}");
    }
    for weight in ["1", "1.", "1.000", "0.9", "0.001"] {
        let accept = format!("application/json;q={weight}");
        assert_eq!(negotiate(&accept), Json, "{accept}");
    }
}

#[test]
fn several_headers_are_one_list() {
    assert_eq!(
        Representation::negotiate(["text/plain;q=0.5", "application/json"]),
        Json
    );
}

#[test]
fn gzip_is_used_where_it_is_wanted_at_least_as_much_as_none() {
    for (value, expected) in [
        ("gzip", true),
        ("gzip, deflate, br, zstd", true),
        ("X-GZip;q=0.5", true),
        ("*", true),
        ("identity, gzip", true),
        ("*;q=0.1, identity;q=0", true),
        ("", false),
        ("identity", false),
        ("br, deflate", false),
        ("gzip;q=0", false),
        ("gzip;q=0, *", false),
        ("*;q=0", false),
        ("gzip;q=0.5, identity", false),
    ] {
        assert_eq!(accepts_gzip([value]), expected, "{value:?}");
    }
    assert!(!accepts_gzip([]));
    assert!(accepts_gzip(["br", "gzip"]));
}

/// Text of the pieces that mean something, in any order.
fn garbage() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "text",
        "/",
        "plain",
        "*",
        ";",
        ",",
        "q",
        "=",
        "0",
        ".",
        "5",
        "1",
        "\"",
        "\\",
        " ",
        "application",
        "json",
        "openmetrics-text",
        "version",
        "1.0.0",
        "gzip",
        "\u{e9}",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_gets_an_answer(accept in garbage(), other in "\\PC{0,40}") {
        Representation::negotiate([accept.as_str(), &other]);
        accepts_gzip([accept.as_str(), &other]);
    }

    #[test]
    fn an_exact_range_of_the_highest_weight_wins_wherever_it_stands(
        mut others in prop::collection::vec("[a-z]{1,5}/[a-z]{1,5};q=0\\.[0-9]{1,3}", 0..8),
        at in any::<prop::sample::Index>(),
    ) {
        others.insert(at.index(others.len() + 1), "application/json".to_owned());
        prop_assert_eq!(negotiate(&others.join(",")), Json);
    }
}
