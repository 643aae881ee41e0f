//! `OpenMetrics` text, version 1.0.

use dynamometer_exposition::parse::{ParseErrorKind, openmetrics};
use dynamometer_exposition::{Kind, Snapshot, Value};

fn read(lines: &str) -> Snapshot {
    openmetrics(&format!("{lines}# EOF\n")).unwrap_or_else(|error| panic!("{error}\n{lines}"))
}

/// How these lines, with the end of a page behind them, are refused.
#[track_caller]
fn refused(lines: &str) -> ParseErrorKind {
    let page = format!("{lines}\n# EOF\n");
    openmetrics(&page).expect_err(&page).kind()
}

#[test]
fn every_kind_is_read_under_the_name_of_its_samples() {
    let snapshot = read(
        "\
# TYPE requests counter
# HELP requests All \\\"requests\\\".
requests_total{code=\"200\"} 17 1520879607.789 # {trace_id=\"a\"} 1 1520879600.5
requests_created{code=\"200\"} 1520430000.123 1520879607.789
# TYPE build info
build_info{version=\"1.2\"} 1
# TYPE state stateset
state{state=\"on\"} 1
state{state=\"off\"} 0
# TYPE latency_seconds histogram
# UNIT latency_seconds seconds
latency_seconds_bucket{le=\"0.1\"} 8 # {} 0.054
latency_seconds_bucket{le=\"+Inf\"} 17.0
latency_seconds_count 17
latency_seconds_sum 324.5
latency_seconds_created 5
# TYPE queue gaugehistogram
queue_bucket{le=\"-1.0\"} 2
queue_bucket{le=\"+Inf\"} 3
queue_gcount 3
queue_gsum -4
# TYPE size summary
size{quantile=\"0.5\"} NaN
size_count 3
other 1
",
    );
    let requests = snapshot.family("requests_total").unwrap();
    assert_eq!(requests.desc().kind(), Kind::Counter);
    assert_eq!(requests.desc().help_text(), "All \"requests\".");
    let sample = requests.samples().next().unwrap();
    assert_eq!(sample.value, Value::Unsigned(17));
    assert_eq!(sample.created, Some(1_520_430_000.123));
    assert_eq!(sample.timestamp, Some(1_520_879_607.789));
    assert_eq!(
        sample.exemplars[0].labels().get("trace_id").as_deref(),
        Some("a")
    );
    assert_eq!(sample.exemplars[0].timestamp(), Some(1_520_879_600.5));
    let build = snapshot.family("build_info").unwrap();
    assert_eq!(build.desc().kind(), Kind::Info);
    let state = snapshot.family("state").unwrap();
    assert_eq!(state.desc().kind(), Kind::StateSet);
    assert_eq!(state.value(&[("state", "on")]), Some(Value::Float(1.0)));
    let latency = snapshot.family("latency_seconds").unwrap();
    assert_eq!(latency.desc().unit_name(), "seconds");
    let sample = latency.samples().next().unwrap();
    assert_eq!((sample.created, sample.exemplars.len()), (Some(5.0), 1));
    let Some(Value::Histogram(queue)) = snapshot.value("queue", &[]) else {
        panic!("{snapshot:?}")
    };
    assert_eq!(
        (queue.bounds(), queue.counts(), queue.sum()),
        (&[-1.0][..], &[2, 1][..], -4.0)
    );
    let size = snapshot.family("size").unwrap();
    assert!(matches!(size.value(&[]), Some(Value::Summary(size)) if size.sum().is_nan()));
    assert_eq!(
        snapshot.family("other").unwrap().desc().kind(),
        Kind::Unknown
    );
}

#[test]
fn of_several_points_the_last_is_kept() {
    let snapshot = read(
        "\
# TYPE a gauge
a 1 1
a 2 2
a 3 2
# TYPE b histogram
b_bucket{le=\"1\"} 1 1
b_bucket{le=\"+Inf\"} 1 1
b_bucket{le=\"2\"} 5 2
b_bucket{le=\"+Inf\"} 6 2
",
    );
    let sample = snapshot.family("a").unwrap().samples().next().unwrap();
    assert_eq!(
        (sample.value, sample.timestamp),
        (Value::Float(2.0), Some(2.0))
    );
    let Some(Value::Histogram(value)) = snapshot.value("b", &[]) else {
        panic!("{snapshot:?}")
    };
    assert_eq!((value.bounds(), value.counts()), (&[2.0][..], &[5, 1][..]));
}

#[test]
fn quoted_names_are_read_with_underscores() {
    let snapshot = read(
        "\
# TYPE \"my.requests\" counter
{\"my.requests_total\",\"a.b\"=\"c\"} 1
",
    );
    let value = snapshot.value("my_requests_total", &[("a_b", "c")]);
    assert_eq!(value, Some(Value::Unsigned(1)));
    assert_eq!(refused("{\"a.b\"} 1\na_b 1"), ParseErrorKind::Name);
}

#[test]
fn names_with_all_of_their_suffixes_belong_to_one_family() {
    use ParseErrorKind::Name;
    for lines in [
        "# TYPE a counter\n# TYPE a_created gauge",
        "# TYPE a_sum gauge\n# TYPE a histogram",
        "# TYPE a info\n# TYPE a_info gauge",
        "# TYPE a counter\na 1",
        "a 1\nb 1\na{c=\"d\"} 1",
        "# TYPE a gauge\n# TYPE b gauge\n# HELP a b",
    ] {
        assert_eq!(refused(lines), Name, "{lines}");
    }
}

#[test]
fn headers_stand_once_before_the_samples_and_fit_the_family() {
    use ParseErrorKind::{Metadata, Syntax};
    for (lines, kind) in [
        ("# HELP a b\n# HELP a b", Metadata),
        ("# UNIT a_s s\n# UNIT a_s s", Metadata),
        ("a 1\n# HELP a b", Metadata),
        ("# UNIT a seconds", Metadata),
        ("# UNIT aseconds seconds", Metadata),
        ("# TYPE a_s info\n# UNIT a_s s", Metadata),
        ("# TYPE a_s stateset\n# UNIT a_s s", Metadata),
        ("# TYPE a untyped", Metadata),
        ("# TYPE a Gauge", Metadata),
        ("# TYPE a gauge ", Metadata),
        ("#TYPE a gauge", Syntax),
        ("# TYPE  a gauge", Syntax),
        ("# TYPE a", Syntax),
        ("# comment", Syntax),
        ("", Syntax),
    ] {
        assert_eq!(refused(lines), kind, "{lines:?}");
    }
}

#[test]
fn one_blank_stands_between_tokens_and_none_elsewhere() {
    use ParseErrorKind::{Number, Syntax};
    for (lines, kind) in [
        (" a 1", Syntax),
        ("a  1", Number),
        ("a 1 ", Number),
        ("a\t1", Syntax),
        ("a {} 1", Number),
        ("a{}1", Syntax),
        ("a{b=\"c\",} 1", Syntax),
        ("a{ b=\"c\"} 1", Syntax),
        ("a{b= \"c\"} 1", Syntax),
        ("a 1 nan", Number),
        ("a 1 +Inf", Number),
        ("a 1\r", Number),
    ] {
        assert_eq!(refused(lines), kind, "{lines:?}");
    }
}

#[test]
fn metrics_and_their_points_are_not_interleaved() {
    use ParseErrorKind::{Duplicate, Order};
    for (lines, kind) in [
        (
            "# TYPE a counter\na_total{b=\"1\"} 1\na_total{b=\"2\"} 1\na_created{b=\"1\"} 1",
            Order,
        ),
        (
            "# TYPE a stateset\na{b=\"1\",a=\"x\"} 1\na{b=\"2\",a=\"x\"} 1\na{b=\"1\",a=\"y\"} 1",
            Order,
        ),
        ("a 1 2\na 1 1", Order),
        ("a 1 2\na 1", Order),
        ("a 1\na 1", Duplicate),
    ] {
        assert_eq!(refused(lines), kind, "{lines:?}");
    }
}

#[test]
fn values_are_those_that_a_kind_can_have() {
    use ParseErrorKind::{Incomplete, Label, Value};
    for (kind, lines, expected) in [
        ("counter", "a_total -1", Value),
        ("counter", "a_total NaN", Value),
        ("counter", "a_created 1", Incomplete),
        ("counter", "a_total 1\na_created +Inf", Value),
        ("info", "a_info 2", Value),
        ("stateset", "a{a=\"x\"} 0.5", Value),
        ("stateset", "a{b=\"x\"} 1", Label),
        ("summary", "a{quantile=\"0.5\"} -1", Value),
        ("summary", "a_sum -1", Value),
        ("summary", "a_count 1.5", Value),
        ("histogram", "a_bucket{le=\"inf\"} 1", Label),
        ("histogram", "a_bucket{le=\"+Inf\"} 1\na_sum 1", Incomplete),
        (
            "histogram",
            "a_bucket{le=\"+Inf\"} 1\na_count 1",
            Incomplete,
        ),
        ("histogram", "a_bucket{le=\"1\"} 1", Incomplete),
        (
            "histogram",
            "a_bucket{le=\"1\"} 1 1\na_bucket{le=\"+Inf\"} 1 2",
            Incomplete,
        ),
        (
            "histogram",
            "a_bucket{le=\"-1\"} 1\na_bucket{le=\"+Inf\"} 1\na_count 1\na_sum 1",
            Value,
        ),
        (
            "gaugehistogram",
            "a_bucket{le=\"+Inf\"} 1\na_gcount 1\na_gsum -1",
            Value,
        ),
    ] {
        assert_eq!(
            refused(&format!("# TYPE a {kind}\n{lines}")),
            expected,
            "{lines:?}"
        );
    }
}

#[test]
fn exemplars_are_short_in_their_bucket_and_only_where_something_is_counted() {
    use ParseErrorKind::{Limit, Number, Syntax, Value};
    let long = format!("a_total 1 # {{x=\"{}\"}} 1", "é".repeat(128));
    for (kind, lines, expected) in [
        ("gauge", "a 1 # {} 1", Syntax),
        ("unknown", "a_total 1 # {} 1", Syntax),
        ("counter", "a_total 1\na_created 1 # {} 1", Syntax),
        ("counter", "a_total 1 # {} nan nan", Number),
        ("counter", "a_total 1 # {} 1 ", Number),
        ("counter", "a_total 1 #{} 1", Syntax),
        ("counter", &long, Limit),
        ("histogram", "a_bucket{le=\"1\"} 1 # {} 1.5", Value),
        ("histogram", "a_bucket{le=\"+Inf\"} 1 # {} NaN", Value),
    ] {
        assert_eq!(
            refused(&format!("# TYPE a {kind}\n{lines}")),
            expected,
            "{lines:?}"
        );
    }
    let fits = long.replacen('é', "", 1);
    assert_eq!(read(&format!("# TYPE a counter\n{fits}\n")).series(), 1);
}

#[test]
fn a_page_without_its_end_is_refused() {
    for page in ["", "a 1\n", "a 1\n# EOF\n\n", "# EOF\na 1\n", "# EOF \n"] {
        assert!(openmetrics(page).is_err(), "{page:?}");
    }
}
