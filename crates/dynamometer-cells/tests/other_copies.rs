//! Pointers that other copies of the engine keep in their thread-local storage.
#![cfg(not(loom))]
#![allow(
    unsafe_code,
    reason = "leases through the owner's table as another copy does"
)]

mod pthread;

use std::cell::Cell;
use std::ptr;
use std::sync::mpsc;
use std::sync::{Mutex, MutexGuard};
use std::thread;

use dynamometer_cells::{CounterCell, Options, native_table, stats};

use crate::pthread::{Key, ROUNDS};

/// Copies whose pointers one thread's exit nulls.
const COPIES: usize = 16;

thread_local! {
    /// One pointer for each of several copies, as in each copy's own storage.
    static SLOTS: [Cell<*mut u8>; COPIES + 1] =
        const { [const { Cell::new(ptr::null_mut()) }; COPIES + 1] };
}

/// Keeps tests that count slabs and fallbacks apart.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn lease(copy: usize) -> usize {
    let slot = SLOTS.with(|slots| slots[copy].as_ptr());
    // SAFETY: the slot is this thread's own pointer and lives as long.
    unsafe { (native_table().lease)(slot) }.addr()
}

fn slots() -> Vec<usize> {
    SLOTS.with(|slots| slots.iter().map(|slot| slot.get().addr()).collect())
}

#[test]
fn a_lease_writes_the_base_to_the_slot_and_every_copy_gets_the_same() {
    let _alone = alone();
    thread::spawn(|| {
        let base = lease(0);
        assert_ne!(base, 0);
        assert_eq!(lease(1), base);
        assert_eq!(slots()[..3], [base, base, 0]);
    })
    .join()
    .unwrap();
}

#[test]
fn every_copys_slot_is_null_in_the_late_rounds_of_an_exit() {
    let _alone = alone();
    let before = Key::create();
    // The first lease creates the engine's key.
    thread::spawn(|| lease(0)).join().unwrap();
    let after = Key::create();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let base = lease(0);
        for copy in 1..COPIES {
            assert_eq!(lease(copy), base);
        }
        for key in [before, after] {
            let tell = tell.clone();
            key.arm(move |round| tell.send((round, slots())).unwrap());
        }
    })
    .join()
    .unwrap();
    let rounds: Vec<(usize, Vec<usize>)> = told.iter().collect();
    assert_eq!(rounds.len(), 2 * ROUNDS);
    for (round, slots) in rounds {
        let owned = slots[..COPIES].iter().all(|slot| *slot != 0);
        let nulled = slots.iter().all(|slot| *slot == 0);
        assert!(
            match round {
                1 => owned,
                // The engine's second turn comes between that of the two keys.
                2 => owned || nulled,
                _ => nulled,
            },
            "round {round}: {slots:?}"
        );
    }
}

#[test]
fn a_thread_past_its_exit_is_refused_and_its_slot_stays_null() {
    let _alone = alone();
    thread::spawn(|| lease(0)).join().unwrap();
    let after = Key::create();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        lease(0);
        after.arm(move |round| {
            if round > 2 {
                tell.send((lease(0), lease(1), slots())).unwrap();
            }
        });
    })
    .join()
    .unwrap();
    let answers: Vec<_> = told.iter().collect();
    assert_eq!(answers, vec![(0, 0, vec![0; COPIES + 1]); ROUNDS - 2]);
}

#[test]
fn the_seventeenth_copy_is_refused_and_records_by_atomic_adds() {
    let _alone = alone();
    let counter = CounterCell::new(Options::default()).unwrap();
    let recorder = counter.clone();
    let fallbacks = stats().fallback_records;
    thread::spawn(move || {
        let base = lease(0);
        for copy in 1..COPIES {
            assert_eq!(lease(copy), base);
        }
        assert_eq!(lease(COPIES), 0, "there is no place for its slot");
        assert_eq!(slots()[COPIES], 0);
        // This copy's own pointer would be the seventeenth too.
        recorder.inc_by(3);
    })
    .join()
    .unwrap();
    assert_eq!(counter.value(), 3);
    assert_eq!(stats().fallback_records, fallbacks + 1);

    let recorder = counter.clone();
    thread::spawn(move || recorder.inc_by(4)).join().unwrap();
    assert_eq!(counter.value(), 7);
    assert_eq!(
        stats().fallback_records,
        fallbacks + 1,
        "the next thread has all places"
    );
}

#[test]
fn a_copy_that_leases_again_takes_no_second_place() {
    let _alone = alone();
    thread::spawn(|| {
        let base = lease(0);
        for _ in 0..2 * COPIES {
            assert_eq!(lease(0), base);
        }
        assert_eq!(lease(1), base);
    })
    .join()
    .unwrap();
}
