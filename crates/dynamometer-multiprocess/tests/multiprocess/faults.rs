//! Files that are cut off, or never were what they should be.

use dynamometer_exposition::text;
use dynamometer_multiprocess::{Fault, Merge};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::file::File;

fn good() -> File {
    File::new()
        .with("a", "a_total", "{}", 1.0)
        .with("b", "b_total", "{}", 2.0)
}

fn fault(name: &str, bytes: &[u8]) -> Fault {
    let mut merge = Merge::new();
    let fault = merge.add(name, bytes).expect_err("the file has a fault");
    let (snapshot, left_out) = merge.finish();
    assert_eq!((snapshot.series(), left_out.len()), (0, 0), "{fault}");
    fault
}

#[test]
fn nothing_of_a_file_with_a_fault_is_added() {
    let file = good();
    let first = File::new().with("a", "a_total", "{}", 1.0).0.len();
    let used = file.0.len() as u64;
    let truncated = fault("counter_1.db", &file.0[..first]);
    assert!(
        matches!(truncated, Fault::Truncated { used: u, found } if (u, found) == (used, first as u64))
    );

    let mut short = good();
    short.set_used(i32::try_from(used).unwrap() - 8);
    let entry = fault("counter_1.db", &short.0);
    assert_eq!(
        entry.to_string(),
        format!("the entry at byte {first} ends behind what is used")
    );
}

#[test]
fn a_key_that_is_too_long_or_below_zero_is_a_fault() {
    for length in [i32::MIN, -1, 1000, i32::MAX] {
        let mut file = good();
        file.0[8..12].copy_from_slice(&length.to_ne_bytes());
        assert!(matches!(
            fault("counter_1.db", &file.0),
            Fault::Entry { offset: 8 }
        ));
    }
}

#[test]
fn a_header_that_can_not_be_is_a_fault() {
    let mut file = good();
    file.set_used(-8);
    assert!(matches!(
        fault("counter_1.db", &file.0),
        Fault::Header { used: -8 }
    ));
    assert!(matches!(
        fault("counter_1.db", &[8, 0]),
        Fault::Truncated { found: 2, .. }
    ));
}

#[test]
fn the_name_of_another_file_is_a_fault() {
    for name in [
        "",
        ".db",
        "counter.db",
        "gauge_1.db",
        "gauge_mean_1.db",
        "info_1.db",
    ] {
        assert!(matches!(fault(name, &good().0), Fault::Name), "{name}");
    }
}

#[test]
fn a_file_that_is_being_made_has_no_entries() {
    let mut merge = Merge::new();
    for bytes in [Vec::new(), vec![0; 65536], File::new().0] {
        merge.add("counter_1.db", &bytes).unwrap();
    }
    assert_eq!(merge.finish().0.series(), 0);
}

#[test]
fn what_is_behind_the_bytes_in_use_is_not_read() {
    let mut file = good();
    file.0.extend([0xff; 4096]);
    let mut merge = Merge::new();
    merge.add("counter_1.db", &file.0).unwrap();
    assert!(text::to_string(&merge.finish().0).ends_with("\nb_total 2\n"));
}

proptest! {
    /// Every prefix of a file, with every byte of it changed, is read or refused.
    #[test]
    fn changed_bytes_are_read_or_refused(
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        kept in any::<prop::sample::Index>(),
        name in "(counter|histogram|summary|gauge_(all|min|max|sum|mostrecent))_[0-9]\\.db",
    ) {
        let mut bytes = good()
            .with("h", "h_bucket", r#"{"le": "1.0"}"#, 1.0)
            .with("h", "h_sum", "{}", 1.0)
            .0;
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(kept.index(bytes.len() + 1));
        let mut merge = Merge::new();
        let is_refused = merge.add(&name, &bytes).is_err();
        let (mut snapshot, _) = merge.finish();
        prop_assert!(!is_refused || snapshot.series() == 0);
        snapshot.check();
        let page = text::to_string(&snapshot);
        prop_assert!(dynamometer_exposition::parse::text(&page).is_ok(), "{page}");
    }

    #[test]
    fn all_that_was_written_is_read(
        values in vec((0_u32..1000, "[a-z]{1,3}"), 1..40),
    ) {
        let mut merge = Merge::new();
        let mut sum = 0;
        for (process, (value, label)) in values.iter().enumerate() {
            let labels = format!("{{\"l\": \"{label}\"}}");
            let file = File::new().with("n", "n_total", &labels, f64::from(*value));
            merge.add(&format!("counter_{process}.db"), &file.0).unwrap();
            sum += value;
        }
        let (snapshot, left_out) = merge.finish();
        prop_assert!(left_out.is_empty());
        let family = snapshot.family("n_total").unwrap();
        let read: f64 = family.samples().map(|sample| sample.value.as_f64()).sum();
        prop_assert!((read - f64::from(sum)).abs() < 0.5);
    }
}
