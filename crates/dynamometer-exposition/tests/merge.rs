//! Several snapshots on one page: what is put together, what is left out.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::sync::Arc;

use dynamometer_exposition::{
    Conflict, Desc, Exemplar, Family, HistogramValue, Kind, LabelColumn, LabelSet, SeriesLabels,
    Snapshot, SummaryValue, Value, Values, text,
};
use proptest::prelude::*;

fn labels(from: &[&str]) -> Arc<Vec<LabelSet>> {
    let sets = from.iter().map(|from| LabelSet::new([("from", *from)]));
    Arc::new(sets.collect())
}

fn family(name: &str, kind: Kind, from: &[&str], values: Values) -> Family {
    Family::new(Desc::new(name, kind), labels(from), values)
}

fn counter(name: &str, from: &str, value: u64) -> Family {
    family(name, Kind::Counter, &[from], Values::Unsigned(vec![value]))
}

fn gauge(name: &str, from: &str, value: f64) -> Family {
    family(name, Kind::Gauge, &[from], Values::Float(vec![value]))
}

fn histogram(name: &str, from: &str) -> Family {
    let value = HistogramValue::new([1.0].into(), [1, 2], 4.5);
    family(
        name,
        Kind::Histogram,
        &[from],
        Values::Histogram(vec![value]),
    )
}

fn summary(name: &str, from: &str) -> Family {
    let value = SummaryValue::new([(0.5, 1.0)], 4.5, 3);
    family(name, Kind::Summary, &[from], Values::Summary(vec![value]))
}

fn names(page: &Snapshot) -> Vec<&str> {
    let families = page.families().iter();
    families.map(|family| family.desc().name()).collect()
}

fn is_lines(conflict: &Conflict, left_out: &str, of: &str) -> bool {
    matches!(conflict, Conflict::Lines { name, kept, .. } if name == left_out && kept == of)
}

#[test]
fn series_of_one_family_from_two_sources_stand_under_one_header() {
    let mut page: Snapshot = [counter("a_total", "one", 1)].into();
    assert_eq!(page.merge([counter("a_total", "two", 2)].into()), []);
    let text = text::to_string(&page);
    let lines = "# TYPE a_total counter\na_total{from=\"one\"} 1\na_total{from=\"two\"} 2\n";
    assert_eq!(text, lines);
}

#[test]
fn the_same_series_from_two_sources_is_kept_once() {
    let mut page: Snapshot = [counter("a_total", "one", 1)].into();
    let conflicts = page.merge([counter("a_total", "one", 2)].into());
    let series = "a_total{from=\"one\"}".to_owned();
    assert_eq!(conflicts, [Conflict::Series { series }]);
    let kept = page.value("a_total", &[("from", "one")]);
    assert_eq!(kept, Some(Value::Unsigned(1)));
}

#[test]
fn a_series_that_one_source_has_twice_is_kept_once() {
    let mut page = Snapshot::default();
    let twice = Values::Unsigned(vec![1, 2, 3]);
    let twice = family("a_total", Kind::Counter, &["one", "one", "two"], twice)
        .with_created(vec![10.0, 20.0, 30.0]);
    let conflicts = page.merge([twice, counter("a_total", "two", 4)].into());
    assert_eq!(conflicts.len(), 2);
    assert!(conflicts.iter().all(|conflict| conflict.left_out() == 1));
    let values: Vec<_> = page.families()[0].samples().collect();
    assert_eq!(values.len(), 2);
    assert_eq!(
        (values[0].value, values[0].created),
        (Value::Unsigned(1), Some(10.0))
    );
    assert_eq!(
        (values[1].value, values[1].created),
        (Value::Unsigned(3), Some(30.0))
    );
}

#[test]
fn a_family_of_another_kind_is_left_out_and_the_rest_is_served() {
    let mut page: Snapshot = [counter("a_total", "one", 1)].into();
    let second = [gauge("a_total", "two", 1.0), counter("b_total", "two", 2)];
    let conflicts = page.merge(second.into());
    let (kept, dropped) = (Kind::Counter, Kind::Gauge);
    let name = "a_total".to_owned();
    let conflict = Conflict::Kind {
        name,
        kept,
        dropped,
        left_out: 1,
    };
    assert_eq!(conflicts, [conflict]);
    assert_eq!(names(&page), ["a_total", "b_total"]);
    assert_eq!(page.series(), 2);
}

#[test]
fn a_family_whose_lines_would_be_a_histograms_is_left_out_whichever_came_first() {
    for suffix in ["_bucket", "_sum", "_count"] {
        let line = format!("x{suffix}");
        let mut page: Snapshot = [histogram("x", "one")].into();
        let conflicts = page.merge([gauge(&line, "two", 1.0)].into());
        assert!(is_lines(&conflicts[0], &line, "x"), "{conflicts:?}");
        assert_eq!(names(&page), ["x"]);

        let mut page: Snapshot = [gauge(&line, "one", 1.0)].into();
        let conflicts = page.merge([histogram("x", "two")].into());
        assert!(is_lines(&conflicts[0], "x", &line), "{conflicts:?}");
        assert_eq!(names(&page), [line.as_str()]);
    }
}

#[test]
fn a_summary_has_no_buckets_whose_lines_could_clash() {
    let mut page: Snapshot = [summary("x", "one")].into();
    let others = [
        gauge("x_bucket", "two", 1.0),
        gauge("x_count", "two", 1.0),
        gauge("x_sum", "two", 1.0),
    ];
    assert_eq!(page.merge(others.into()).len(), 2);
    assert_eq!(names(&page), ["x", "x_bucket"]);
    let mut page: Snapshot = [counter("x_count", "one", 1)].into();
    assert_eq!(page.merge([counter("x", "two", 1)].into()), []);
}

#[test]
fn families_of_one_snapshot_that_share_lines_clash_too() {
    let mut page = Snapshot::default();
    let families = [gauge("x_sum", "one", 1.0), histogram("x", "one")];
    let conflicts = page.merge(families.into());
    assert!(is_lines(&conflicts[0], "x_sum", "x"), "{conflicts:?}");
}

#[test]
fn numbers_of_different_types_become_floats() {
    let mut page: Snapshot = [counter("a_total", "one", 1)].into();
    let values = Values::Float(vec![0.5]);
    let other = family("a_total", Kind::Counter, &["two"], values);
    assert_eq!(page.merge([other].into()), []);
    let value = |from| page.value("a_total", &[("from", from)]);
    assert_eq!(value("one"), Some(Value::Float(1.0)));
    assert_eq!(value("two"), Some(Value::Float(0.5)));
}

#[test]
fn distributions_of_different_types_clash() {
    let mut page: Snapshot = [histogram("x", "one")].into();
    let value = dynamometer_exposition::ExponentialValue::new(3, 1.0);
    let values = Values::Exponential(vec![value]);
    let conflicts = page.merge([family("x", Kind::Histogram, &["two"], values)].into());
    assert!(
        matches!(conflicts[..], [Conflict::Kind { .. }]),
        "{conflicts:?}"
    );
    assert_eq!(page.series(), 1);
}

#[test]
fn what_one_half_knows_of_its_series_is_kept() {
    let example = |value| Box::from([Exemplar::new(LabelSet::new([("id", "1")]), value)]);
    let one = counter("a_total", "one", 1).with_created(vec![10.0]);
    let two = counter("a_total", "two", 2)
        .with_timestamps(vec![20.0])
        .with_exemplars(vec![example(2.0)]);
    let mut page: Snapshot = [one].into();
    assert_eq!(page.merge([two].into()), []);
    assert_eq!(page.merge([counter("a_total", "three", 3)].into()), []);
    let samples: Vec<_> = page.families()[0].samples().collect();
    let times: Vec<_> = samples
        .iter()
        .map(|sample| (sample.created, sample.timestamp, sample.exemplars.len()))
        .collect();
    let known = [
        (Some(10.0), None, 0),
        (None, Some(20.0), 1),
        (None, None, 0),
    ];
    assert_eq!(times, known);
}

#[test]
fn a_column_longer_than_its_labels_is_cut_before_others_follow() {
    let long = Values::Unsigned(vec![1, 9, 9]);
    let long = family("a_total", Kind::Counter, &["one"], long).with_created(vec![1.0, 9.0]);
    let mut page: Snapshot = [long].into();
    assert_eq!(page.merge([counter("a_total", "two", 2)].into()), []);
    let sample = page.families()[0].samples().nth(1).unwrap();
    assert_eq!((sample.value, sample.created), (Value::Unsigned(2), None));
}

/// Labels that are told apart by number alone, and count who looks at them.
#[derive(Debug)]
struct Unread;

impl LabelColumn for Unread {
    fn len(&self) -> usize {
        1_000_000
    }

    fn labels(&self, _: usize) -> SeriesLabels<'_> {
        panic!("nobody needs to look at the series");
    }

    fn is_distinct(&self) -> bool {
        true
    }
}

#[test]
fn families_that_do_not_meet_are_moved_without_a_look_at_their_series() {
    let values = || Values::Float(vec![0.0; 1_000_000]);
    let big = |name| Family::new(Desc::new(name, Kind::Gauge), Arc::new(Unread), values());
    let mut page: Snapshot = [big("a"), big("c")].into();
    assert_eq!(page.merge([big("b"), big("d")].into()), []);
    assert_eq!(names(&page), ["a", "b", "c", "d"]);
    assert_eq!(page.series(), 4_000_000);
}

/// Families of a few names, as pairs of a family and a series.
fn pages() -> impl Strategy<Value = Vec<(u8, u8)>> {
    prop::collection::vec((0..6_u8, 0..6_u8), 0..40)
}

fn snapshot(rows: &[(u8, u8)], mark: u64) -> Snapshot {
    let families = rows.iter().enumerate().map(|(at, (name, from))| {
        let value = mark + at as u64;
        counter(&format!("f{name}_total"), &from.to_string(), value)
    });
    families.collect()
}

proptest! {
    #[test]
    fn the_first_of_each_series_stays_and_all_others_are_told(
        one in pages(),
        two in pages(),
    ) {
        let mut page = Snapshot::default();
        let mut conflicts = page.merge(snapshot(&one, 0));
        conflicts.extend(page.merge(snapshot(&two, 1000)));

        let mut expected = BTreeMap::new();
        for (rows, mark) in [(&one, 0), (&two, 1000)] {
            for (at, row) in rows.iter().enumerate() {
                expected.entry(*row).or_insert(mark + at as u64);
            }
        }
        prop_assert_eq!(page.series(), expected.len());
        prop_assert_eq!(conflicts.len(), one.len() + two.len() - expected.len());
        for ((name, from), value) in expected {
            let kept = page.value(&format!("f{name}_total"), &[("from", &from.to_string())]);
            prop_assert_eq!(kept, Some(Value::Unsigned(value)));
        }
        let mut sorted = names(&page);
        sorted.sort_unstable();
        sorted.dedup();
        prop_assert_eq!(names(&page), sorted, "each name once, in order");
    }
}
