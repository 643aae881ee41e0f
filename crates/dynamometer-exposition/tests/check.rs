//! What a page may not hold is left out of a snapshot from outside.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use dynamometer_exposition::{
    Desc, Exemplar, ExponentialCounts, ExponentialValue, Family, HistogramValue, Invalid, Kind,
    LabelColumn, LabelSet, SeriesLabels, Snapshot, SummaryValue, Value, Values, text,
};
use proptest::prelude::*;

fn gauge(name: &str, sets: Vec<LabelSet>) -> Family {
    let values = (0..sets.len()).map(|at| at as f64).collect();
    Family::new(
        Desc::new(name, Kind::Gauge),
        Arc::new(sets),
        Values::Float(values),
    )
}

/// What is found wrong with one family, and what is left of it.
fn checked(family: Family) -> (Vec<Invalid>, Snapshot) {
    let mut snapshot: Snapshot = [family].into();
    let invalid = snapshot.check();
    (invalid, snapshot)
}

#[test]
fn names_that_prometheus_does_not_know_are_left_out() {
    let good = ["a", "_a", ":a", "a:b_1", "A9"];
    let bad = ["", "1a", "a-b", "a b", "ü", "a\nb", "a{", "__a", "__name__"];
    for name in good {
        let (invalid, left) = checked(gauge(name, vec![LabelSet::empty()]));
        assert_eq!((invalid, left.series()), (vec![], 1), "{name:?}");
    }
    for name in bad {
        let (invalid, left) = checked(gauge(name, vec![LabelSet::empty()]));
        let name = name.to_owned();
        assert_eq!(invalid, [Invalid::Name { name, left_out: 1 }]);
        assert_eq!(left.families().len(), 0);
    }
}

#[test]
fn a_series_with_labels_that_can_not_be_is_left_out_alone() {
    let bad: [&[(&str, &str)]; 8] = [
        &[("", "x")],
        &[("a-b", "x")],
        &[("1", "x")],
        &[("a:b", "x")],
        &[("__a", "x")],
        &[("a", "1"), ("a", "2")],
        &[("a=\"1\"} 5\nevil", "x")],
        &[("a=\"1\", b", "x")],
    ];
    for labels in bad {
        let sets = vec![LabelSet::new(labels.iter().copied()), LabelSet::empty()];
        let (invalid, left) = checked(gauge("a", sets));
        assert!(
            matches!(invalid[..], [Invalid::Labels { .. }]),
            "{labels:?}"
        );
        assert_eq!(left.value("a", &[]), Some(Value::Float(1.0)));
        assert_eq!(text::to_string(&left), "# TYPE a gauge\na 1\n");
    }
}

/// A column that is no `LabelSet`'s.
#[derive(Debug)]
struct Text(&'static str);

impl LabelColumn for Text {
    fn len(&self) -> usize {
        1
    }

    fn labels(&self, _: usize) -> SeriesLabels<'_> {
        SeriesLabels::of_text(self.0)
    }
}

#[test]
fn text_that_no_label_set_writes_is_left_out() {
    let bad = [
        "",
        "{",
        "{}",
        "{} ",
        "{a=\"1\"}",
        "{a=\"1} ",
        "{a=\"1\",} ",
        "{a=\"1\" } ",
        "{a=\"\n\"} ",
        "{a=\"\\x\"} ",
        "{a=\"\\\"} ",
        "{b=\"1\",a=\"1\"} ",
        "{a=\"1\"}} ",
        "x{a=\"1\"} ",
    ];
    for text in bad {
        let column = Arc::new(Text(text));
        let family = Family::new(
            Desc::new("a", Kind::Gauge),
            column,
            Values::Float(vec![0.0]),
        );
        assert_eq!(checked(family).0.len(), 1, "{text:?}");
    }
    for text in [" ", "{a=\"1\"} ", "{a=\"\",b=\"\\\\\\\"\\n\"} "] {
        let column = Arc::new(Text(text));
        let family = Family::new(
            Desc::new("a", Kind::Gauge),
            column,
            Values::Float(vec![0.0]),
        );
        assert_eq!(checked(family).0, [], "{text:?}");
    }
}

#[test]
fn the_labels_of_a_histograms_own_lines_are_not_for_its_series() {
    let of = |kind, values: Values, label| {
        let sets = vec![LabelSet::new([(label, "1")])];
        checked(Family::new(Desc::new("a", kind), Arc::new(sets), values))
            .0
            .len()
    };
    let histogram = || Values::Histogram(vec![HistogramValue::new([1.0].into(), [1, 1], 3.0)]);
    let summary = || Values::Summary(vec![SummaryValue::new([(0.5, 1.0)], 3.0, 2)]);
    assert_eq!(of(Kind::Histogram, histogram(), "le"), 1);
    assert_eq!(of(Kind::GaugeHistogram, histogram(), "le"), 1);
    assert_eq!(of(Kind::Histogram, histogram(), "quantile"), 0);
    assert_eq!(of(Kind::Summary, summary(), "quantile"), 1);
    assert_eq!(of(Kind::Summary, summary(), "le"), 0);
    assert_eq!(of(Kind::Gauge, Values::Float(vec![1.0]), "le"), 0);
}

#[test]
fn values_that_are_not_of_the_kind_are_left_out() {
    let of = |kind, values| {
        let labels = Arc::new(vec![LabelSet::empty()]);
        checked(Family::new(Desc::new("a", kind), labels, values)).0
    };
    let invalid = of(Kind::Histogram, Values::Float(vec![1.0]));
    assert!(matches!(invalid[..], [Invalid::Kind { left_out: 1, .. }]));
    let histogram = HistogramValue::new([].into(), [1], 1.0);
    assert_eq!(
        of(Kind::Counter, Values::Histogram(vec![histogram])).len(),
        1
    );
    assert_eq!(of(Kind::Summary, Values::Unsigned(vec![1])).len(), 1);
    for kind in [
        Kind::Counter,
        Kind::Gauge,
        Kind::Info,
        Kind::StateSet,
        Kind::Unknown,
    ] {
        assert_eq!(of(kind, Values::Float(vec![f64::NAN])), []);
    }
}

#[test]
fn buckets_that_can_not_be_are_left_out() {
    let histogram = |bounds: &[f64], counts: [u64; 3]| {
        let value = HistogramValue::new(bounds.into(), counts, 1.0);
        let labels = Arc::new(vec![LabelSet::empty()]);
        let desc = Desc::new("a", Kind::Histogram);
        checked(Family::new(desc, labels, Values::Histogram(vec![value])))
            .0
            .len()
    };
    assert_eq!(histogram(&[-1.0, 2.0], [1, 2, 3]), 0);
    assert_eq!(histogram(&[2.0, 1.0], [1, 2, 3]), 1);
    assert_eq!(histogram(&[1.0, 1.0], [1, 2, 3]), 1);
    assert_eq!(histogram(&[1.0, f64::NAN], [1, 2, 3]), 1);
    assert_eq!(histogram(&[1.0, f64::INFINITY], [1, 2, 3]), 1);
    assert_eq!(histogram(&[1.0, 2.0], [u64::MAX, 0, 1]), 1);

    let exponential = |threshold, zero, counts: [u64; 2]| {
        let counts = ExponentialCounts::new(0, counts);
        let value = ExponentialValue::new(0, 1.0)
            .zero(threshold, zero)
            .positive(counts);
        let labels = Arc::new(vec![LabelSet::empty()]);
        let desc = Desc::new("a", Kind::Histogram);
        checked(Family::new(desc, labels, Values::Exponential(vec![value])))
            .0
            .len()
    };
    assert_eq!(exponential(0.0, 1, [1, 1]), 0);
    assert_eq!(exponential(f64::NAN, 1, [1, 1]), 1);
    assert_eq!(exponential(0.0, u64::MAX, [1, 1]), 1);

    let summary = |quantiles: &[(f64, f64)]| {
        let value = SummaryValue::new(quantiles, 1.0, 1);
        let labels = Arc::new(vec![LabelSet::empty()]);
        let desc = Desc::new("a", Kind::Summary);
        checked(Family::new(desc, labels, Values::Summary(vec![value])))
            .0
            .len()
    };
    assert_eq!(
        summary(&[(0.9, 1.0), (0.5, f64::NAN), (0.0, 1.0), (1.0, 2.0)]),
        0
    );
    assert_eq!(summary(&[(0.5, 1.0), (0.9, 1.0), (0.5, 2.0)]), 1);
    assert_eq!(summary(&[(1.5, 1.0)]), 1);
    assert_eq!(summary(&[(f64::NAN, 1.0)]), 1);
}

#[test]
fn an_exemplar_with_labels_that_can_not_be_leaves_without_its_series() {
    let example = |name| Exemplar::new(LabelSet::new([(name, "1")]), 1.0);
    let family = gauge("a", vec![LabelSet::empty()]);
    let family = family.with_exemplars(vec![Box::from([example("id"), example("a b")])]);
    let (invalid, left) = checked(family);
    assert!(matches!(invalid[..], [Invalid::Exemplar { .. }]));
    assert_eq!(invalid[0].left_out(), 0);
    let sample = left.families()[0].samples().next().unwrap();
    assert_eq!(sample.exemplars, [example("id")]);
}

#[test]
fn added_labels_stand_on_every_series_that_has_none_of_them() {
    let sets = vec![LabelSet::new([("z", "1")]), LabelSet::new([("host", "b")])];
    let mut snapshot: Snapshot = [gauge("a", sets)].into();
    let invalid = snapshot.add_labels(&[("host", "a\"")]);
    assert!(matches!(invalid[..], [Invalid::Labels { .. }]));
    let page = text::to_string(&snapshot);
    assert_eq!(page, "# TYPE a gauge\na{host=\"a\\\"\",z=\"1\"} 0\n");
}

proptest! {
    #[test]
    fn any_value_of_a_label_is_valid(values in prop::collection::vec(any::<String>(), 0..4)) {
        let names = ["a", "b", "c", "d"];
        let set = LabelSet::new(names.into_iter().zip(values.iter().map(String::as_str)));
        prop_assert_eq!(checked(gauge("a", vec![set])).0, []);
    }

    #[test]
    fn whatever_the_name_of_a_label_a_page_has_as_many_lines_as_series(
        names in prop::collection::vec("[a-b=\"{},\\\\\n 1_]{0,6}", 0..4),
    ) {
        let set = LabelSet::new(names.iter().map(|name| (name.as_str(), "x")));
        let (_, left) = checked(gauge("a", vec![set]));
        let lines = text::to_string(&left).lines().skip(1).count();
        prop_assert_eq!(lines, left.series());
    }
}
