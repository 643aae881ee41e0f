//! `OpenMetrics` text, as a person reads it.

use std::sync::Arc;

use dynamometer_exposition::openmetrics::{self, Created};
use dynamometer_exposition::{
    Desc, Exemplar, ExponentialCounts, ExponentialValue, Family, HistogramValue, Kind, LabelSet,
    Snapshot, SummaryValue, Unit, Values,
};

fn family(name: &str, kind: Kind, labels: &[(&str, &str)], values: Values) -> Family {
    let labels = vec![LabelSet::new(labels.iter().copied())];
    Family::new(Desc::new(name, kind), Arc::new(labels), values)
}

fn counter(name: &str) -> Family {
    family(name, Kind::Counter, &[], Values::Unsigned(vec![1]))
}

fn gauge(name: &str, value: f64) -> Family {
    family(name, Kind::Gauge, &[], Values::Float(vec![value]))
}

fn histogram(name: &str, bound: f64, sum: f64) -> Family {
    let value = HistogramValue::new([bound].into(), [1, 1], sum);
    family(name, Kind::Histogram, &[], Values::Histogram(vec![value]))
}

fn page<const N: usize>(families: [Family; N]) -> String {
    openmetrics::to_string(&families.into())
}

fn trace(id: &str, value: f64) -> Exemplar {
    Exemplar::new(LabelSet::new([("trace_id", id)]), value)
}

#[test]
fn every_kind_has_its_type_unit_help_and_lines() {
    let seconds = |name, kind| {
        let desc = Desc::new(name, kind).help("With \"quotes\", \\ and\nlines.");
        desc.unit(Some(Unit::Seconds))
    };
    let labels = || Arc::new(vec![LabelSet::new([("model", "m")])]);
    let latency = HistogramValue::new([0.1, 1.0].into(), [1, 2, 3], 4.5);
    let exemplars: Vec<Box<[Exemplar]>> =
        vec![[trace("a", 0.05).at(1.5), trace("b", 0.5), trace("c", 7.0)].into()];
    let families = [
        Family::new(
            seconds("busy_seconds_total", Kind::Counter),
            labels(),
            Values::Float(vec![2.5]),
        )
        .with_created(vec![1000.25])
        .with_exemplars(vec![[trace("a", 1.0).at(2.0)].into()]),
        Family::new(
            seconds("latency_seconds", Kind::Histogram),
            labels(),
            Values::Histogram(vec![latency]),
        )
        .with_created(vec![1000.0])
        .with_exemplars(exemplars),
        family(
            "build_info",
            Kind::Info,
            &[("version", "1")],
            Values::Float(vec![1.0]),
        ),
        family(
            "state",
            Kind::StateSet,
            &[("state", "on")],
            Values::Unsigned(vec![1]),
        ),
        family("up", Kind::Unknown, &[], Values::Float(vec![1.0])).with_timestamps(vec![12.5]),
    ];
    assert_eq!(
        page(families),
        r#"# TYPE build info
build_info{version="1"} 1
# HELP busy_seconds With \"quotes\", \\ and\nlines.
# TYPE busy_seconds counter
# UNIT busy_seconds seconds
busy_seconds_total{model="m"} 2.5 # {trace_id="a"} 1 2
busy_seconds_created{model="m"} 1000.25
# HELP latency_seconds With \"quotes\", \\ and\nlines.
# TYPE latency_seconds histogram
# UNIT latency_seconds seconds
latency_seconds_bucket{model="m",le="0.1"} 1 # {trace_id="a"} 0.05 1.5
latency_seconds_bucket{model="m",le="1.0"} 3 # {trace_id="b"} 0.5
latency_seconds_bucket{model="m",le="+Inf"} 6 # {trace_id="c"} 7
latency_seconds_sum{model="m"} 4.5
latency_seconds_count{model="m"} 6
latency_seconds_created{model="m"} 1000
# TYPE state stateset
state{state="on"} 1
# TYPE up unknown
up 1 12.5
# EOF
"#
    );
}

#[test]
fn when_series_began_is_left_out_unless_wanted() {
    let snapshot: Snapshot = [counter("a_total").with_created(vec![5.0])].into();
    let without = openmetrics::render(&snapshot, Created::LeftOut, Vec::new());
    assert_eq!(without, b"# TYPE a counter\na_total 1\n# EOF\n");
    assert!(openmetrics::to_string(&snapshot).contains("a_created 5\n"));
}

#[test]
fn a_name_is_the_same_as_in_every_other_format() {
    let labels = [("version", "1")];
    assert_eq!(
        page([
            counter("requests"),
            gauge("jobs_total", 1.0),
            family("build", Kind::Info, &labels, Values::Float(vec![1.0])),
        ]),
        "# TYPE build gauge\nbuild{version=\"1\"} 1\n\
         # TYPE jobs_total gauge\njobs_total 1\n\
         # TYPE requests unknown\nrequests 1\n# EOF\n"
    );
}

#[test]
fn families_whose_types_reserve_the_same_name_keep_their_lines() {
    // `x` would be the name of both.
    assert_eq!(
        page([gauge("x", 2.0), counter("x_total")]),
        "# TYPE x gauge\nx 2\n# TYPE x_total unknown\nx_total 1\n# EOF\n"
    );
    assert_eq!(
        page([histogram("x", 1.0, 1.0), gauge("x_created", 2.0)]),
        "# TYPE x_bucket unknown\nx_bucket{le=\"1.0\"} 1\nx_bucket{le=\"+Inf\"} 2\n\
         # TYPE x_sum unknown\nx_sum 1\n# TYPE x_count unknown\nx_count 2\n\
         # TYPE x_created gauge\nx_created 2\n# EOF\n"
    );
    let info = family("x_info", Kind::Info, &[], Values::Float(vec![1.0]));
    assert_eq!(
        page([counter("x_total"), info]),
        "# TYPE x_info gauge\nx_info 1\n# TYPE x_total unknown\nx_total 1\n# EOF\n"
    );
}

#[test]
fn a_value_that_a_type_forbids_is_shown_without_the_type() {
    let float = |name, value| family(name, Kind::Counter, &[], Values::Float(vec![value]));
    for value in [-1.0, f64::NAN] {
        assert!(page([float("a_total", value)]).starts_with("# TYPE a_total unknown\n"));
    }
    for (bound, sum) in [(-1.0, 1.0), (1.0, -1.0), (1.0, f64::NAN)] {
        let text = page([histogram("a", bound, sum)]);
        assert!(text.contains("# TYPE a_sum unknown\n"), "{text}");
        assert!(text.contains("\na_count 2\n"), "{text}");
    }
    let negative = ExponentialValue::new(0, 1.0).negative(ExponentialCounts::new(0, [1]));
    let values = Values::Exponential(vec![negative]);
    assert!(
        page([family("a", Kind::Histogram, &[], values)]).contains("# TYPE a_bucket unknown\n")
    );
    let summary = |quantile| {
        let value = SummaryValue::new([(0.5, quantile)], 1.0, 1);
        page([family(
            "a",
            Kind::Summary,
            &[],
            Values::Summary(vec![value]),
        )])
    };
    assert!(summary(-1.0).starts_with("# TYPE a unknown\na{quantile=\"0.5\"} -1\n"));
    assert!(summary(f64::NAN).starts_with("# TYPE a summary\na{quantile=\"0.5\"} NaN\n"));
}

#[test]
fn an_exemplar_with_too_long_labels_is_left_out_and_its_value_is_not() {
    let with = |id: &str| page([counter("a_total").with_exemplars(vec![[trace(id, 1.0)].into()])]);
    // 128 characters with those of `trace_id`.
    let longest = "ü".repeat(120);
    assert!(with(&longest).contains(&format!("a_total 1 # {{trace_id=\"{longest}\"}} 1\n")));
    assert!(with(&format!("{longest}x")).contains("a_total 1\n"));
}

#[test]
fn a_unit_is_written_only_where_the_name_ends_in_it() {
    let of = |name: &str, unit: &str| {
        let desc = Desc::new(name, Kind::Gauge).unit_text(unit);
        page([Family::new(
            desc,
            Arc::new(vec![LabelSet::empty()]),
            Values::Float(vec![1.0]),
        )])
    };
    assert!(of("queue_tokens", "tokens").contains("# UNIT queue_tokens tokens\n"));
    for (name, unit) in [
        ("queue", "tokens"),
        ("tokens", "tokens"),
        ("queue_tokens", ""),
    ] {
        assert!(!of(name, unit).contains("UNIT"), "{name} {unit}");
    }
}

#[test]
fn a_gauge_histogram_has_sums_and_counts_of_its_own() {
    let value = HistogramValue::new([1.0].into(), [1, 1], 3.0);
    let family = family(
        "a",
        Kind::GaugeHistogram,
        &[],
        Values::Histogram(vec![value]),
    );
    assert_eq!(
        page([family]),
        "# TYPE a gaugehistogram\na_bucket{le=\"1.0\"} 1\na_bucket{le=\"+Inf\"} 2\n\
         a_gsum 3\na_gcount 2\n# EOF\n"
    );
}

#[test]
fn an_empty_page_ends() {
    assert_eq!(page([]), "# EOF\n");
}
