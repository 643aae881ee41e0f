//! The text format, as a person reads it.

use std::sync::Arc;

use dynamometer_exposition::{
    Desc, ExponentialCounts, ExponentialValue, Family, HistogramValue, Kind, LabelSet, Snapshot,
    Values, text,
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
latency_seconds_bucket{model="m",le="1"} 3
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
latency_seconds_bucket{model="m",le="1"} 3
latency_seconds_bucket{model="m",le="2"} 5
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
