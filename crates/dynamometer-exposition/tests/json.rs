//! JSON, read by a library that nobody here wrote.

use std::sync::Arc;

use dynamometer_exposition::{
    Desc, Exemplar, ExponentialCounts, ExponentialValue, Family, HistogramValue, Kind, LabelSet,
    Snapshot, SummaryValue, Unit, Values, json,
};
use proptest::prelude::*;
use serde_json::json;

fn family(name: &str, kind: Kind, values: Values) -> Family {
    let labels = vec![LabelSet::new([("a", "1")])];
    Family::new(Desc::new(name, kind), Arc::new(labels), values)
}

fn read(families: impl IntoIterator<Item = Family>) -> serde_json::Value {
    let snapshot: Snapshot = families.into_iter().collect();
    serde_json::from_str(&json::to_string(&snapshot)).expect("it is JSON")
}

#[test]
fn every_kind_of_value_has_its_fields() {
    let desc = Desc::new("busy_seconds_total", Kind::Counter)
        .help("Busy.")
        .unit(Some(Unit::Seconds));
    let labels = Arc::new(vec![LabelSet::empty()]);
    let exemplar = Exemplar::new(LabelSet::new([("trace_id", "x")]), 2.0).at(3.5);
    let exponential = ExponentialValue::new(3, 4.5)
        .zero(0.5, 1)
        .positive(ExponentialCounts::new(-7, [1, 0, 2]));
    let page = read([
        Family::new(desc, labels, Values::Unsigned(vec![u64::MAX]))
            .with_created(vec![1000.25])
            .with_timestamps(vec![2000.0])
            .with_exemplars(vec![[exemplar].into()]),
        family(
            "exponential",
            Kind::Histogram,
            Values::Exponential(vec![exponential]),
        ),
        family(
            "histogram",
            Kind::Histogram,
            Values::Histogram(vec![HistogramValue::new([0.5].into(), [1, 2], 4.5)]),
        ),
        family("signed", Kind::Gauge, Values::Signed(vec![-5])),
        family(
            "summary",
            Kind::Summary,
            Values::Summary(vec![SummaryValue::new([(0.5, f64::NAN)], 1.5, 2)]),
        ),
        family("worst", Kind::Gauge, Values::Float(vec![f64::NEG_INFINITY])),
    ]);
    let labels = json!({"a": "1"});
    assert_eq!(
        page,
        json!({"families": [
            {"name": "busy_seconds_total", "type": "counter", "help": "Busy.", "unit": "seconds", "series": [{
                "labels": {}, "value": u64::MAX, "created": 1000.25, "timestamp": 2000,
                "exemplars": [{"labels": {"trace_id": "x"}, "value": 2, "timestamp": 3.5}],
            }]},
            {"name": "exponential", "type": "histogram", "series": [{
                "labels": labels, "count": 4, "sum": 4.5, "schema": 3, "zero_threshold": 0.5, "zero_count": 1,
                "negative": {"first": 0, "counts": []}, "positive": {"first": -7, "counts": [1, 0, 2]},
            }]},
            {"name": "histogram", "type": "histogram", "series": [{
                "labels": labels, "count": 3, "sum": 4.5,
                "buckets": [{"le": 0.5, "count": 1}, {"le": "+Inf", "count": 3}],
            }]},
            {"name": "signed", "type": "gauge", "series": [{"labels": labels, "value": -5}]},
            {"name": "summary", "type": "summary", "series": [{
                "labels": labels, "count": 2, "sum": 1.5, "quantiles": [{"quantile": 0.5, "value": "NaN"}],
            }]},
            {"name": "worst", "type": "gauge", "series": [{"labels": labels, "value": "-Inf"}]},
        ]})
    );
}

proptest! {
    #[test]
    fn any_text_and_any_number_is_read_back(text in any::<String>(), value in any::<f64>()) {
        let labels = vec![LabelSet::new([("a", text.as_str())])];
        let desc = Desc::new("x", Kind::Gauge).help(text.as_str());
        let page = read([Family::new(desc, Arc::new(labels), Values::Float(vec![value]))]);
        let series = &page["families"][0]["series"][0];
        prop_assert_eq!(series["labels"]["a"].as_str(), Some(text.as_str()));
        if !text.is_empty() {
            prop_assert_eq!(page["families"][0]["help"].as_str(), Some(text.as_str()));
        }
        match series["value"].as_f64() {
            // The library reads floats to about one unit in the last place.
            Some(read) => prop_assert!((read - value).abs() <= value.abs() * 1e-15 + 1e-320),
            None => prop_assert!(!value.is_finite()),
        }
    }
}
