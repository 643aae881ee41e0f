//! What is written is read back, and what is damaged is refused or read.

use std::sync::Arc;

use dynamometer_exposition::parse::{self, joined_text, text};
use dynamometer_exposition::{
    Desc, Family, Kind, LabelSet, Snapshot, Value, Values, openmetrics, protobuf, text,
};
use proptest::prelude::*;

use crate::generated::{Holds, exponential, snapshot};

/// 0.0.4 has no word for the kinds left out.
pub(crate) const TEXT: Holds = Holds {
    kinds: &[
        Kind::Counter,
        Kind::Gauge,
        Kind::Histogram,
        Kind::Summary,
        Kind::Unknown,
    ],
    extras: false,
    odd_counters: true,
};

pub(crate) const OPENMETRICS: Holds = Holds {
    kinds: &[
        Kind::Counter,
        Kind::Gauge,
        Kind::Histogram,
        Kind::GaugeHistogram,
        Kind::Summary,
        Kind::Unknown,
        Kind::Info,
        Kind::StateSet,
    ],
    extras: true,
    odd_counters: false,
};

/// Facts and states are gauges in protobuf.
const PROTOBUF: Holds = Holds {
    kinds: &[
        Kind::Counter,
        Kind::Gauge,
        Kind::Histogram,
        Kind::GaugeHistogram,
        Kind::Summary,
        Kind::Unknown,
    ],
    extras: true,
    odd_counters: true,
};

/// All that a snapshot says, in text that is equal where the meaning is.
///
/// A whole number and the float of the same value mean the same.
fn said(snapshot: &Snapshot) -> String {
    snapshot.families().iter().map(said_of).collect()
}

fn said_of(family: &Family) -> String {
    let samples = family.samples().map(|sample| {
        let value = match sample.value {
            Value::Unsigned(value) => value.to_string(),
            Value::Signed(value) => value.to_string(),
            Value::Float(value) if value.fract() == 0.0 => format!("{value:.0}"),
            value => format!("{value:?}"),
        };
        let (created, exemplars) = (sample.created, sample.exemplars);
        let (labels, timestamp) = (sample.labels, sample.timestamp);
        format!("{labels} {value} {created:?} {timestamp:?} {exemplars:?}")
    });
    let lines: Vec<_> = samples.collect();
    format!("{:?}\n{}\n", family.desc(), lines.join("\n"))
}

/// The same snapshot with each number as the float that protobuf has.
fn in_floats(snapshot: &Snapshot) -> Snapshot {
    let float = |family: &Family| {
        let values = family.samples().map(|sample| sample.value);
        let numbers: Option<Vec<f64>> = values
            .map(|value| value.count().is_none().then(|| value.as_f64()))
            .collect();
        numbers.map_or(family.clone(), |numbers| {
            family.with_values(Values::Float(numbers))
        })
    };
    snapshot.families().iter().map(float).collect()
}

proptest! {
    #[test]
    fn openmetrics_that_was_written_is_read_back(snapshot in snapshot(OPENMETRICS)) {
        let page = openmetrics::to_string(&snapshot);
        let read = parse::openmetrics(&page)
            .map_err(|error| TestCaseError::fail(format!("{error}\n{page}")))?;
        prop_assert_eq!(said(&read), said(&snapshot), "{}", page);
    }

    #[test]
    fn protobuf_that_was_written_is_read_back(snapshot in snapshot(PROTOBUF)) {
        let page = protobuf::render(&snapshot, Vec::new());
        let read = parse::protobuf(&page).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(said(&in_floats(&read)), said(&in_floats(&snapshot)));
    }

    #[test]
    fn exponential_buckets_in_protobuf_are_read_back(values in prop::collection::vec(exponential(), 1..4)) {
        let labels = (0..values.len()).map(|n| LabelSet::new([("n", n.to_string().as_str())]));
        let labels = Arc::new(labels.collect::<Vec<_>>());
        let desc = Desc::new("a", Kind::Histogram);
        let snapshot: Snapshot = [Family::new(desc, labels, Values::Exponential(values))].into();
        let page = protobuf::render(&snapshot, Vec::new());
        let read = parse::protobuf(&page).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(said(&read), said(&snapshot));
    }

    #[test]
    fn text_that_was_written_is_read_back(snapshot in snapshot(TEXT)) {
        let page = text::to_string(&snapshot);
        let read = text(&page).map_err(|error| TestCaseError::fail(format!("{error}\n{page}")))?;
        prop_assert_eq!(said(&read), said(&snapshot), "{}", page);
        let joined = joined_text(&page).unwrap();
        prop_assert_eq!(joined.ignored, []);
        prop_assert_eq!(said(&joined.snapshot), said(&snapshot));
    }

    #[test]
    fn a_page_behind_itself_says_nothing_new(snapshot in snapshot(TEXT)) {
        let page = text::to_string(&snapshot);
        let joined = joined_text(&format!("{page}{page}")).unwrap();
        prop_assert_eq!(said(&joined.snapshot), said(&snapshot));
        let samples = page.lines().filter(|line| !line.starts_with('#')).count();
        prop_assert_eq!(joined.ignored.len(), samples);
    }

    #[test]
    fn damaged_text_is_read_or_refused(
        snapshot in snapshot(TEXT),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut page = text::to_string(&snapshot).into_bytes();
        for (at, byte) in damage {
            if let Some(at) = (!page.is_empty()).then(|| at.index(page.len())) {
                page[at] = byte;
            }
        }
        let page = String::from_utf8_lossy(&page);
        for error in [text(&page).err(), joined_text(&page).err()].into_iter().flatten() {
            let lines = page.split('\n').count();
            prop_assert!(error.line().is_some_and(|line| line <= lines), "{}", error);
        }
    }
}
