//! The text format, as a person reads it.

use std::sync::Arc;

use dynamometer_exposition::{
    Desc, ExponentialCounts, ExponentialValue, Family, HistogramValue, Kind, LabelSet, Snapshot,
    SummaryValue, Values, text,
};

fn family(desc: Desc, labels: &[(&str, &str)], values: Values) -> Family {
    Family::new(
        desc,
        Arc::new(vec![LabelSet::new(labels.iter().copied())]),
        values,
    )
}

#[test]
fn every_kind_has_its_header_and_its_lines() {
    let snapshot: Snapshot = [
        family(
            Desc::new("requests_total", Kind::Counter).help("All requests."),
            &[("code", "200")],
            Values::Unsigned(vec![u64::MAX]),
        ),
        family(
            Desc::new("inflight_requests", Kind::Gauge).help("Requests now."),
            &[],
            Values::Signed(vec![-1]),
        ),
        family(
            Desc::new("latency_seconds", Kind::Histogram).help("Time taken."),
            &[("model", "m")],
            Values::Histogram(vec![HistogramValue::new([0.1, 1.0].into(), [1, 2, 3], 4.5)]),
        ),
    ]
    .into();
    assert_eq!(
        text::to_string(&snapshot),
        r#"# HELP inflight_requests Requests now.
# TYPE inflight_requests gauge
inflight_requests -1
# HELP latency_seconds Time taken.
# TYPE latency_seconds histogram
latency_seconds_bucket{model="m",le="0.1"} 1
latency_seconds_bucket{model="m",le="1.0"} 3
latency_seconds_bucket{model="m",le="+Inf"} 6
latency_seconds_sum{model="m"} 4.5
latency_seconds_count{model="m"} 6
# HELP requests_total All requests.
# TYPE requests_total counter
requests_total{code="200"} 18446744073709551615
"#
    );
}

#[test]
fn exponential_buckets_are_written_one_per_doubling() {
    let value = ExponentialValue::new(3, 4.5)
        .zero(1.0 / 1024.0, 1)
        .positive(ExponentialCounts::new(-7, [1, 0, 0, 0, 0, 0, 0, 1, 2]));
    let snapshot: Snapshot = [family(
        Desc::new("latency_seconds", Kind::Histogram).help("Time taken."),
        &[("model", "m")],
        Values::Exponential(vec![value]),
    )]
    .into();
    assert_eq!(
        text::to_string(&snapshot),
        r#"# HELP latency_seconds Time taken.
# TYPE latency_seconds histogram
latency_seconds_bucket{model="m",le="0.0009765625"} 1
latency_seconds_bucket{model="m",le="0.5"} 1
latency_seconds_bucket{model="m",le="1.0"} 3
latency_seconds_bucket{model="m",le="2.0"} 5
latency_seconds_bucket{model="m",le="+Inf"} 5
latency_seconds_sum{model="m"} 4.5
latency_seconds_count{model="m"} 5
"#
    );
}

#[test]
fn help_and_label_values_are_escaped() {
    let snapshot: Snapshot = [family(
        Desc::new("x", Kind::Gauge).help("a \\ b\nc \"d\""),
        &[("l", "q\"b\\n\nz,=}🙂")],
        Values::Float(vec![f64::NAN]),
    )]
    .into();
    assert_eq!(
        text::to_string(&snapshot),
        "# HELP x a \\\\ b\\nc \"d\"\n# TYPE x gauge\nx{l=\"q\\\"b\\\\n\\nz,=}🙂\"} NaN\n"
    );
}

#[test]
fn a_family_without_series_or_help_leaves_no_empty_line() {
    let none = Family::new(
        Desc::new("none", Kind::Gauge),
        Arc::new(Vec::<LabelSet>::new()),
        Values::Float(vec![]),
    );
    let bare = family(
        Desc::new("bare", Kind::Gauge),
        &[],
        Values::Float(vec![2.0]),
    );
    let snapshot: Snapshot = [none, bare].into();
    assert_eq!(text::to_string(&snapshot), "# TYPE bare gauge\nbare 2\n");
}

#[test]
fn what_other_sources_expose_is_written_in_the_words_of_this_format() {
    let timed = family(Desc::new("a", Kind::Unknown), &[], Values::Float(vec![1.5]));
    let summary = SummaryValue::new([(0.5, 1.0), (0.99, f64::NAN)], 4.5, 3);
    let snapshot: Snapshot = [
        timed.with_timestamps(vec![1_700_000_000.123]),
        family(
            Desc::new("b_seconds", Kind::Summary),
            &[("x", "1")],
            Values::Summary(vec![summary]),
        ),
        family(
            Desc::new("c", Kind::GaugeHistogram).help("Now."),
            &[("x", "1")],
            Values::Histogram(vec![HistogramValue::new([1e6].into(), [1, 2], -4.5)]),
        ),
        family(
            Desc::new("d_info", Kind::Info),
            &[("version", "1")],
            Values::Float(vec![1.0]),
        ),
    ]
    .into();
    assert_eq!(
        text::to_string(&snapshot),
        r#"# TYPE a untyped
a 1.5 1700000000123
# TYPE b_seconds summary
b_seconds{x="1",quantile="0.5"} 1
b_seconds{x="1",quantile="0.99"} NaN
b_seconds_sum{x="1"} 4.5
b_seconds_count{x="1"} 3
# HELP c_bucket Now.
# TYPE c_bucket gauge
c_bucket{x="1",le="1e+06"} 1
c_bucket{x="1",le="+Inf"} 3
# HELP c_gsum Now.
# TYPE c_gsum gauge
c_gsum{x="1"} -4.5
# HELP c_gcount Now.
# TYPE c_gcount gauge
c_gcount{x="1"} 3
# TYPE d_info gauge
d_info{version="1"} 1
"#
    );
}

#[test]
fn a_page_is_the_same_whatever_its_buffer_held() {
    let labels: Vec<_> = (0..300)
        .map(|n| LabelSet::new([("n", n.to_string().as_str())]))
        .collect();
    let values = Values::Unsigned((0..300).map(|n| n << (n % 60)).collect());
    let snapshot: Snapshot = [Family::new(
        Desc::new("a_total", Kind::Counter),
        Arc::new(labels),
        values,
    )]
    .into();
    let expected = text::to_string(&snapshot).into_bytes();
    for buffer in [
        Vec::new(),
        Vec::with_capacity(100),
        vec![b'x'; 5],
        vec![b'x'; 100_000],
        expected.clone(),
    ] {
        assert_eq!(text::render(&snapshot, buffer), expected);
    }
}
