//! A record that comes after its thread gave its slab back.
//!
//! One test in its own file: it counts slabs and fallbacks of the process.
#![cfg(not(loom))]
#![allow(unsafe_code, reason = "asks the owner's table for the base of a slab")]

mod pthread;

use std::cell::Cell;
use std::ptr;
use std::sync::mpsc;
use std::sync::{Arc, Barrier};
use std::thread;

use dynamometer_cells::{CounterCell, Options, native_table, stats};

use crate::pthread::{Key, ROUNDS};

thread_local! {
    static SLOT: Cell<*mut u8> = const { Cell::new(ptr::null_mut()) };
}

fn base_of_this_thread() -> usize {
    // SAFETY: the slot is this thread's own pointer and lives as long.
    let base = SLOT.with(|slot| unsafe { (native_table().lease)(slot.as_ptr()) });
    base.addr()
}

#[test]
fn a_late_record_stays_off_a_slab_that_another_thread_leases_at_once() {
    let records: u64 = if cfg!(miri) { 20 } else { 200_000 };
    let counter = CounterCell::new(Options::default()).unwrap();
    let keys = [Key::create(), {
        // The first lease creates the engine's key, in between.
        let counter = counter.clone();
        thread::spawn(move || counter.inc_by(1)).join().unwrap();
        Key::create()
    }];
    // In the last round the engine has run twice, before either key.
    for (number, key) in keys.into_iter().enumerate() {
        let both = Arc::new(Barrier::new(2));
        let (leaves, left) = mpsc::channel();
        let (late, late_barrier) = (counter.clone(), Arc::clone(&both));
        let thread = thread::spawn(move || {
            late.inc_by(1);
            let base = base_of_this_thread();
            key.arm(move |round| {
                if round == ROUNDS {
                    leaves.send(base).unwrap();
                    late_barrier.wait();
                    for _ in 0..records {
                        late.inc_by(1);
                    }
                    assert_eq!(base_of_this_thread(), 0, "a thread leases once");
                }
            });
        });
        let successor = counter.clone();
        let heir = thread::spawn(move || {
            let base = left.recv().unwrap();
            successor.inc_by(1);
            let mine = base_of_this_thread();
            both.wait();
            for _ in 0..records {
                successor.inc_by(1);
            }
            assert_eq!(mine, base, "the heir leases the same slab");
        });
        heir.join().unwrap();
        thread.join().unwrap();

        let runs = number as u64 + 1;
        assert_eq!(counter.value(), 1 + runs * (2 + 2 * records));
        assert_eq!(stats().fallback_records, runs * records);
        assert_eq!(stats().slabs, 1);
    }
}
