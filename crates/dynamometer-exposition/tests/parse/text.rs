//! Prometheus text, version 0.0.4.

use dynamometer_exposition::parse::{ParseErrorKind, text};
use dynamometer_exposition::{Kind, Snapshot, Value};

fn read(page: &str) -> Snapshot {
    text(page).unwrap_or_else(|error| panic!("{error}\n{page}"))
}

/// Where and how `page` is refused.
#[track_caller]
fn refused(page: &str) -> (ParseErrorKind, usize, usize) {
    let error = text(page).expect_err(page);
    let place = error.line().zip(error.column());
    let (line, column) = place.expect("errors in text have a line");
    (error.kind(), line, column)
}

#[test]
fn every_kind_is_read_as_what_it_is() {
    let page = "\
# HELP requests_total All \\\\ requests\\nof \"all\" kinds.
# TYPE requests_total counter
requests_total{code=\"200\",path=\"/\\\"a\\\\b\\n\"} 18446744073709551615
requests_total{code=\"500\"} 3.0
# A comment, and a blank line.

# EOF
# TYPE temperature_celsius gauge
temperature_celsius -1.5e1 1520879607789
# TYPE latency_seconds histogram
latency_seconds_bucket{le=\"0.1\"} 1
latency_seconds_bucket{le=\"1\"} 3
latency_seconds_bucket{le=\"+Inf\"} 6
latency_seconds_sum 4.5
latency_seconds_count 6
# TYPE size_bytes summary
size_bytes{quantile=\"0.5\"} NaN
size_bytes_sum 7
size_bytes_count 2
other{} 1
";
    let snapshot = read(page);
    let requests = snapshot.family("requests_total").unwrap();
    assert_eq!(requests.desc().kind(), Kind::Counter);
    assert_eq!(
        requests.desc().help_text(),
        "All \\ requests\nof \"all\" kinds."
    );
    let labels = [("code", "200"), ("path", "/\"a\\b\n")];
    assert_eq!(requests.value(&labels), Some(Value::Unsigned(u64::MAX)));
    let temperature = snapshot.family("temperature_celsius").unwrap();
    let sample = temperature.samples().next().unwrap();
    assert_eq!(sample.value, Value::Float(-15.0));
    assert_eq!(sample.timestamp, Some(1_520_879_607.789));
    let Some(Value::Histogram(latency)) = snapshot.value("latency_seconds", &[]) else {
        panic!("{snapshot:?}")
    };
    assert_eq!(latency.bounds(), [0.1, 1.0]);
    assert_eq!(latency.counts(), [1, 2, 3]);
    assert_eq!((latency.sum(), latency.count()), (4.5, 6));
    let Some(Value::Summary(size)) = snapshot.value("size_bytes", &[]) else {
        panic!("{snapshot:?}")
    };
    assert!(size.quantiles()[0].1.is_nan());
    assert_eq!((size.sum(), size.count()), (7.0, 2));
    assert_eq!(
        snapshot.family("other").unwrap().desc().kind(),
        Kind::Unknown
    );
}

#[test]
fn blanks_may_be_anywhere_between_tokens() {
    let page = "  #  HELP \t a   about a  \n\t#TYPE a   GAUGE \n a \t{ b = \"c\" , } \t 1  7 \n";
    let snapshot = read(page);
    let family = snapshot.family("a").unwrap();
    assert_eq!(family.desc().kind(), Kind::Gauge);
    assert_eq!(family.desc().help_text(), "about a  ");
    assert_eq!(family.value(&[("b", "c")]), Some(Value::Float(1.0)));
    assert_eq!(family.samples().next().unwrap().timestamp, Some(0.007));
}

#[test]
fn whole_counters_are_exact_and_other_whole_numbers_where_floats_are_not() {
    let column = |page: &str| {
        let snapshot = read(page);
        let family = &snapshot.families()[0];
        let values = family.samples().map(|sample| format!("{:?}", sample.value));
        values.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        column("# TYPE a counter\na 1\na{b=\"\"} 2.0\n"),
        "Unsigned(1) Unsigned(2)"
    );
    assert_eq!(
        column("# TYPE a counter\na 1\na{b=\"\"} 2.5\n"),
        "Float(1.0) Float(2.5)"
    );
    assert_eq!(column("# TYPE a counter\na -1\n"), "Float(-1.0)");
    assert_eq!(column("a 9007199254740991\n"), "Float(9007199254740991.0)");
    assert_eq!(
        column("a 9007199254740993\na{b=\"\"} -1\n"),
        "Signed(9007199254740993) Signed(-1)"
    );
}

#[test]
fn quoted_names_are_read_with_underscores() {
    let page = "# TYPE \"my.counter\" counter\n{\"my.counter\",\"a.b\"=\"c\"} 1\n";
    let snapshot = read(page);
    let family = snapshot.family("my_counter").unwrap();
    assert_eq!(family.desc().kind(), Kind::Counter);
    assert_eq!(family.value(&[("a_b", "c")]), Some(Value::Unsigned(1)));
    let clash = "{\"my.metric\"} 1\nmy_metric 2\n";
    assert_eq!(refused(clash), (ParseErrorKind::Name, 2, 1));
    let clash = "a{\"b.c\"=\"1\",b_c=\"1\"} 2\n";
    assert_eq!(refused(clash).0, ParseErrorKind::Label);
}

#[test]
fn a_line_that_is_none_is_refused_where_it_stops_being_one() {
    use ParseErrorKind::{Label, Metadata, Number, Syntax};
    for (page, expected) in [
        ("a 1\n1a 1\n", (Syntax, 2, 1)),
        ("a.b 1\n", (Syntax, 1, 2)),
        ("a\n", (Syntax, 1, 2)),
        ("a{} \n", (Number, 1, 5)),
        ("a one\n", (Number, 1, 3)),
        ("a 1_0\n", (Number, 1, 3)),
        ("a 0x1p3\n", (Number, 1, 3)),
        ("a 1e999\n", (Number, 1, 3)),
        ("a 1 1.5\n", (Number, 1, 5)),
        ("a 1 9223372036854775808\n", (Number, 1, 5)),
        ("a 1 1 1\n", (Syntax, 1, 7)),
        ("a{b} 1\n", (Syntax, 1, 4)),
        ("a{b=c} 1\n", (Syntax, 1, 5)),
        ("a{b=\"c} 1\n", (Syntax, 1, 10)),
        ("a{b=\"c\"d=\"e\"} 1\n", (Syntax, 1, 8)),
        ("a{b=\"c\",,} 1\n", (Syntax, 1, 9)),
        ("a{b=\"é\" x} 1\n", (Syntax, 1, 9)),
        ("a{,} 1\n", (Syntax, 1, 3)),
        ("a{1b=\"c\"} 1\n", (Syntax, 1, 3)),
        ("{b=\"c\"} 1\n", (Syntax, 1, 7)),
        ("{} 1\n", (Syntax, 1, 2)),
        ("a{b=\"c\",b=\"d\"} 1\n", (Label, 1, 1)),
        ("a{__name__=\"c\"} 1\n", (Label, 1, 1)),
        ("# TYPE a counters\n", (Metadata, 1, 10)),
        ("# TYPE a\n", (Metadata, 1, 9)),
        ("# TYPE a.b counter\n", (Syntax, 1, 9)),
    ] {
        assert_eq!(
            refused(page),
            expected,
            "{page:?}: {}",
            text(page).unwrap_err()
        );
    }
}

#[test]
fn what_a_message_says_is_enough_to_repair_the_page() {
    let page = "a 1\nb 2\nrequests{code=x} 1\n";
    assert_eq!(
        text(page).unwrap_err().to_string(),
        "line 3, column 15: expected '\"' to begin the value of label \"code\", found 'x'"
    );
}

#[test]
fn headers_are_there_once_and_before_the_samples() {
    use ParseErrorKind::Metadata;
    for (page, expected) in [
        ("# HELP a b\n# HELP a b\n", (Metadata, 2, 8)),
        ("# TYPE a gauge\n# TYPE a gauge\n", (Metadata, 2, 8)),
        ("a 1\n# TYPE a gauge\n", (Metadata, 2, 8)),
    ] {
        assert_eq!(refused(page), expected, "{page:?}");
    }
    assert_eq!(
        read("a 1\n# HELP a b\n").families()[0].desc().help_text(),
        "b"
    );
}

#[test]
fn lines_of_a_family_are_together_and_no_series_is_twice() {
    use ParseErrorKind::{Duplicate, Incomplete, Name, Order};
    for (page, expected) in [
        ("a 1\nb 1\na{c=\"d\"} 1\n", (Order, 3, 1)),
        ("# HELP a b\nb 1\na 1\n", (Order, 3, 1)),
        ("a{c=\"d\"} 1\n# HELP b c\na 1\n", (Order, 3, 1)),
        (
            "a{b=\"c\",d=\"e\"} 1\na{d=\"e\",b=\"c\"} 2\n",
            (Duplicate, 2, 1),
        ),
        ("a 1\na 1", (Duplicate, 2, 1)),
        ("a 1", (Incomplete, 1, 4)),
        (
            "# TYPE a summary\na_sum 1\na_count 1\n# TYPE a_sum gauge\na_sum 1\n",
            (Name, 4, 8),
        ),
    ] {
        assert_eq!(refused(page), expected, "{page:?}");
    }
}

#[test]
fn buckets_are_in_order_whole_and_complete() {
    use ParseErrorKind::{Duplicate, Incomplete, Label, Order, Syntax, Value};
    let histogram = |lines: &str| refused(&format!("# TYPE a histogram\n{lines}\n")).0;
    let inf = "a_bucket{le=\"+Inf\"}";
    assert_eq!(histogram("a_bucket{le=\"1\"} 1"), Incomplete);
    assert_eq!(histogram("a_sum 1"), Incomplete);
    assert_eq!(histogram(&format!("{inf} 1\na_count 2")), Value);
    assert_eq!(histogram(&format!("{inf} 1.5")), Value);
    assert_eq!(histogram(&format!("{inf} -1")), Value);
    assert_eq!(
        histogram(&format!("a_bucket{{le=\"1\"}} 2\n{inf} 1")),
        Value
    );
    assert_eq!(
        histogram(&format!("{inf} 1\na_bucket{{le=\"1\"}} 1")),
        Order
    );
    assert_eq!(
        histogram(&format!("{inf} 1\na_bucket{{le=\"inf\"}} 1")),
        Duplicate
    );
    assert_eq!(histogram(&format!("{inf} 1\na_sum 1\na_sum 1")), Duplicate);
    assert_eq!(histogram("a_bucket 1"), Label);
    assert_eq!(histogram("a_bucket{le=\"x\"} 1"), Label);
    assert_eq!(histogram("a_bucket{le=\"NaN\"} 1"), Label);
    assert_eq!(histogram("a 1"), Syntax);
}

#[test]
fn quantiles_are_ranks_and_counts_whole() {
    use ParseErrorKind::{Duplicate, Label, Value};
    let summary = |lines: &str| refused(&format!("# TYPE a summary\n{lines}\n")).0;
    assert_eq!(summary("a 1"), Label);
    assert_eq!(summary("a{quantile=\"1.1\"} 1"), Label);
    assert_eq!(summary("a{quantile=\"NaN\"} 1"), Label);
    assert_eq!(
        summary("a{quantile=\"0.5\"} 1\na{quantile=\"0.50\"} 1"),
        Duplicate
    );
    assert_eq!(summary("a_count 1.5"), Value);
}

#[test]
fn what_is_larger_than_anybody_needs_is_refused() {
    let many: Vec<_> = (0..129).map(|at| format!("l{at}=\"\",")).collect();
    let many = many.concat();
    assert_eq!(
        refused(&format!("a{{{many}}} 1\n")).0,
        ParseErrorKind::Limit
    );
    let long = "x".repeat(65_537);
    for page in [
        format!("{long} 1\n"),
        format!("a{{b=\"{long}\"}} 1\n"),
        format!("# HELP a {long}\n"),
    ] {
        let error = text(&page).unwrap_err();
        assert_eq!(error.kind(), ParseErrorKind::Limit);
        assert!(error.to_string().len() < 200, "{error}");
    }
}
