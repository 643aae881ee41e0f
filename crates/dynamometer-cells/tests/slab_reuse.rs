//! Slabs are handed on: there are as many as threads were alive at once.
//!
//! One test in its own file: the number of slabs belongs to the process.
#![cfg(not(loom))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod alive;
mod pthread;

use std::thread;

use dynamometer_cells::{CounterCell, Options, stats};

use crate::alive::while_alive;
use crate::pthread::Key;

fn record_one_after_another(counter: &CounterCell, threads: u64) {
    for _ in 0..threads {
        let counter = counter.clone();
        thread::spawn(move || counter.inc_by(1)).join().unwrap();
    }
}

fn record_at_once(counter: &CounterCell, threads: usize) {
    while_alive(threads, || counter.inc_by(1), || (), || ());
}

/// Threads that record for the first time in a round of their exit.
fn record_first_at_exit(counter: &CounterCell, key: Key, first_round: usize) {
    for _ in 0..5 {
        let counter = counter.clone();
        let thread = thread::spawn(move || {
            key.arm(move |round| {
                if round == first_round {
                    counter.inc_by(1);
                }
            });
        });
        thread.join().unwrap();
    }
}

#[test]
fn there_are_as_many_slabs_as_threads_were_alive_at_once() {
    let sequential: u64 = if cfg!(miri) { 5 } else { 200 };
    let before = Key::create();
    let counter = CounterCell::new(Options::default()).unwrap();
    assert_eq!(stats().slabs, 0, "creating a series leases nothing");

    record_one_after_another(&counter, sequential);
    assert_eq!((stats().slabs, stats().leased), (1, 0));

    record_at_once(&counter, 5);
    assert_eq!((stats().slabs, stats().leased), (5, 0));

    record_one_after_another(&counter, sequential);
    record_at_once(&counter, 4);
    assert_eq!((stats().slabs, stats().leased), (5, 0));

    let after = Key::create();
    for first_round in [1, 2] {
        record_first_at_exit(&counter, before, first_round);
        record_first_at_exit(&counter, after, first_round);
    }
    assert_eq!((stats().slabs, stats().leased), (5, 0));

    counter.inc_by(1);
    assert_eq!(
        (stats().slabs, stats().leased),
        (5, 1),
        "this thread lives on"
    );
    assert_eq!(stats().leases, sequential * 2 + 9 + 20 + 1);
    assert_eq!(stats().fallback_records, 0);
    assert_eq!(counter.value(), stats().leases);
}
