//! The exemplar slot: what is put comes back, whole or not at all.
#![cfg(not(loom))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use dynamometer_cells::{ExemplarRefused, ExemplarSlot, StoredExemplar};
use proptest::prelude::*;

fn labels(exemplar: &StoredExemplar) -> Vec<(&str, &str)> {
    exemplar.labels().collect()
}

#[test]
fn an_exemplar_replaces_the_one_before() {
    let slot = ExemplarSlot::new();
    assert_eq!(slot.read(), None);
    let long = [("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736"), ("é", "")];
    slot.try_put(&long, 0.25, u64::MAX).unwrap();
    let read = slot.read().unwrap();
    assert_eq!(labels(&read), long);
    assert_eq!(
        (read.value().to_bits(), read.timestamp_ns()),
        (0.25_f64.to_bits(), u64::MAX)
    );
    slot.try_put(&[], -0.0, 0).unwrap();
    let read = slot.read().unwrap();
    assert_eq!(labels(&read), []);
    assert_eq!(
        (read.value().to_bits(), read.timestamp_ns()),
        ((-0.0_f64).to_bits(), 0)
    );
}

#[test]
fn labels_that_do_not_fit_are_refused_and_change_nothing() {
    let slot = ExemplarSlot::new();
    slot.try_put(&[("kept", "yes")], 1.0, 1).unwrap();
    let (fits, long) = ("x".repeat(127), "x".repeat(128));
    let refused = slot.try_put(&[("a", &long)], 2.0, 2);
    assert_eq!(refused, Err(ExemplarRefused::TooLong { bytes: 129 }));
    let refused = slot.try_put(&[("a", "b"); 16], 2.0, 2);
    assert_eq!(refused, Err(ExemplarRefused::TooManyLabels { labels: 16 }));
    assert_eq!(labels(&slot.read().unwrap()), [("kept", "yes")]);
    slot.try_put(&[("a", &fits)], 2.0, 2).unwrap();
    assert_eq!(labels(&slot.read().unwrap()), [("a", &*fits)]);
}

#[test]
fn the_most_labels_of_the_most_bytes_fit() {
    let slot = ExemplarSlot::new();
    let mut most = [("name", "text"); 15];
    most[14] = ("longname", "longtext");
    slot.try_put(&most, 1.0, 1).unwrap();
    assert_eq!(labels(&slot.read().unwrap()), most);
}

/// Labels whose length depends on `n`, so that a mixture shows.
fn text_of(n: u64) -> String {
    format!("{n:>width$}", width = 1 + (n % 100) as usize)
}

fn assert_whole(exemplar: &StoredExemplar) {
    let n = exemplar.timestamp_ns();
    assert_eq!(
        exemplar.value().to_bits(),
        (n as f64).to_bits(),
        "{exemplar:?}"
    );
    assert_eq!(labels(exemplar), [("n", &*text_of(n))], "{exemplar:?}");
}

#[test]
fn an_exemplar_is_read_whole_while_threads_write() {
    const WRITERS: u64 = 3;
    let puts = if cfg!(miri) { 40 } else { 200_000 };
    let slot = ExemplarSlot::new();
    let writing = AtomicUsize::new(WRITERS as usize);
    let (taken, seen) = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (slot, writing) = (&slot, &writing);
                scope.spawn(move || {
                    let put = |n| slot.try_put(&[("n", &text_of(n))], n as f64, n);
                    let numbers = (0..puts).map(|at| at * WRITERS + writer);
                    let taken = numbers.filter(|n| put(*n).is_ok()).count();
                    writing.fetch_sub(1, Ordering::Release);
                    taken
                })
            })
            .collect();
        let mut seen = 0;
        while writing.load(Ordering::Acquire) > 0 {
            if let Some(exemplar) = slot.read() {
                assert_whole(&exemplar);
                seen += 1;
            }
        }
        let taken: usize = writers
            .into_iter()
            .map(|writer| writer.join().unwrap())
            .sum();
        (taken, seen)
    });
    assert!(taken > 0);
    assert!(cfg!(miri) || seen > 0, "the reader never got a turn");
    assert_whole(&slot.read().unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    #[cfg_attr(miri, ignore = "making up texts takes minutes there")]
    fn any_labels_come_back_or_are_refused(
        texts in prop::collection::vec((any::<String>(), any::<String>()), 0..18),
        value: f64,
        at: u64,
    ) {
        let given: Vec<_> = texts.iter().map(|(name, value)| (&**name, &**value)).collect();
        let bytes: usize = given.iter().map(|(name, value)| name.len() + value.len()).sum();
        let slot = ExemplarSlot::new();
        let put = slot.try_put(&given, value, at);
        prop_assert_eq!(put.is_ok(), bytes <= 128 && given.len() <= 15);
        if put.is_ok() {
            let read = slot.read().unwrap();
            prop_assert_eq!(labels(&read), given);
            prop_assert_eq!(read.value().to_bits(), value.to_bits());
            prop_assert_eq!(read.timestamp_ns(), at);
        } else {
            prop_assert_eq!(slot.read(), None);
        }
    }
}
