//! What is written is read back, and what is damaged is refused or read.

use dynamometer_exposition::parse::{joined_text, text};
use dynamometer_exposition::{Family, Kind, Snapshot, Value, text};
use proptest::prelude::*;

use crate::generated::{Holds, snapshot};

/// 0.0.4 has no word for the kinds left out, and no time in it yet.
const TEXT: Holds = Holds {
    kinds: &[
        Kind::Counter,
        Kind::Gauge,
        Kind::Histogram,
        Kind::GaugeHistogram,
        Kind::Summary,
        Kind::Unknown,
    ],
    extras: false,
    odd_counters: true,
};

/// All that a snapshot says, in text that is equal where the meaning is.
///
/// A whole number and the float of the same value mean the same.
fn said(snapshot: &Snapshot, with_times: bool) -> String {
    let families = snapshot.families().iter();
    families.map(|family| said_of(family, with_times)).collect()
}

fn said_of(family: &Family, with_times: bool) -> String {
    let samples = family.samples().map(|sample| {
        let value = match sample.value {
            Value::Unsigned(value) => value.to_string(),
            Value::Signed(value) => value.to_string(),
            Value::Float(value) if value.fract() == 0.0 => format!("{value:.0}"),
            value => format!("{value:?}"),
        };
        let (created, exemplars) = (sample.created, sample.exemplars);
        let timestamp = sample.timestamp.filter(|_| with_times);
        let labels = sample.labels;
        format!("{labels} {value} {created:?} {timestamp:?} {exemplars:?}")
    });
    let lines: Vec<_> = samples.collect();
    format!("{:?}\n{}\n", family.desc(), lines.join("\n"))
}

proptest! {
    #[test]
    fn text_that_was_written_is_read_back(snapshot in snapshot(TEXT)) {
        let page = text::to_string(&snapshot);
        let read = text(&page).map_err(|error| TestCaseError::fail(format!("{error}\n{page}")))?;
        prop_assert_eq!(said(&read, false), said(&snapshot, false), "{}", page);
        let joined = joined_text(&page).unwrap();
        prop_assert_eq!(joined.ignored, []);
        prop_assert_eq!(said(&joined.snapshot, false), said(&snapshot, false));
    }

    #[test]
    fn a_page_behind_itself_says_nothing_new(snapshot in snapshot(TEXT)) {
        let page = text::to_string(&snapshot);
        let joined = joined_text(&format!("{page}{page}")).unwrap();
        prop_assert_eq!(said(&joined.snapshot, false), said(&snapshot, false));
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
