//! The exemplar slot under the model checker: what is read was written whole.
//!
//! The reader is the last thread to start: see `loom_lease.rs`.
#![cfg(loom)]

use dynamometer_cells::{ExemplarRefused, ExemplarSlot, StoredExemplar};
use loom::sync::Arc;
use loom::thread;

/// Writes an exemplar that says `n` three times.
fn put(slot: &ExemplarSlot, n: u8) -> Result<(), ExemplarRefused> {
    let text = n.to_string();
    slot.try_put(&[("n", &text)], f64::from(n), u64::from(n))
}

/// The `n` of an exemplar from [`put`].
fn said_by(exemplar: &StoredExemplar) -> u64 {
    let n = exemplar.timestamp_ns();
    let text = n.to_string();
    assert_eq!(exemplar.value(), n as f64, "{exemplar:?}");
    assert!(exemplar.labels().eq([("n", &*text)]), "{exemplar:?}");
    n
}

#[test]
fn an_exemplar_is_read_whole_while_two_are_written() {
    loom::model(|| {
        let slot = Arc::new(ExemplarSlot::new());
        let writers = [1, 2].map(|n| {
            let slot = Arc::clone(&slot);
            thread::spawn(move || put(&slot, n).is_ok())
        });
        let reader = Arc::clone(&slot);
        let reader = thread::spawn(move || reader.read().map(|exemplar| said_by(&exemplar)));
        let taken = writers.map(|writer| writer.join().expect("it does not panic"));
        let seen = reader.join().expect("it does not panic");
        let last = slot.read().map(|exemplar| said_by(&exemplar));
        assert!(taken.contains(&true), "a slot at rest takes an exemplar");
        for n in seen.into_iter().chain(last) {
            assert!(taken[n as usize - 1], "{n} was refused, and is there");
        }
        assert!(last.is_some(), "nobody writes now");
    });
}

#[test]
fn an_exemplar_is_read_whole_while_it_is_replaced() {
    loom::model(|| {
        let slot = Arc::new(ExemplarSlot::new());
        put(&slot, 1).expect("nobody else writes");
        let writer = Arc::clone(&slot);
        let writer = thread::spawn(move || put(&writer, 2).expect("nobody else writes"));
        let reader = Arc::clone(&slot);
        let reader = thread::spawn(move || reader.read().map(|exemplar| said_by(&exemplar)));
        writer.join().expect("it does not panic");
        let seen = reader.join().expect("it does not panic");
        assert!(seen.is_none_or(|n| n == 1 || n == 2));
        assert_eq!(slot.read().map(|exemplar| said_by(&exemplar)), Some(2));
    });
}
