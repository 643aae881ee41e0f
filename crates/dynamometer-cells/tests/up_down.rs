//! Counts that rise on one thread and fall on another never read false.
#![cfg(not(loom))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use dynamometer_cells::{Options, Place, Plan, Storage, UpDownCells};

const THINGS: usize = if cfg!(miri) { 50 } else { 300_000 };

/// Counts one thing for as long as it lives, wherever it is dropped.
struct Guard(UpDownCells);

impl Guard {
    fn enter(count: &UpDownCells) -> Self {
        count.add(1);
        Self(count.clone())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.add(-1);
    }
}

fn count() -> UpDownCells {
    UpDownCells::new(Options::default()).unwrap()
}

/// Runs `check` again and again until `stop`; fails where it never ran.
fn read_until(stop: &AtomicBool, check: impl Fn()) {
    loop {
        check();
        if stop.load(Ordering::Acquire) {
            return;
        }
        thread::yield_now();
    }
}

/// Passes what `make` makes to another thread, which drops it.
fn pass_to_another_thread<T: Send>(make: impl Fn() -> T + Sync) {
    thread::scope(|scope| {
        // A short queue keeps both threads at work, and the count near zero.
        let (hand, handed) = mpsc::sync_channel(2);
        scope.spawn(move || {
            for thing in handed {
                drop::<T>(thing);
            }
        });
        for _ in 0..THINGS {
            hand.send(make()).unwrap();
        }
    });
}

fn assert_never_negative(recorder: &UpDownCells, reader: &UpDownCells) {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            read_until(&stop, || {
                let value = reader.value();
                // No upper bound: what comes during the read may be counted, and
                // its leaving missed, for as long as the reader is held up.
                assert!(value >= 0, "{value} things in flight");
            });
        });
        pass_to_another_thread(|| Guard::enter(recorder));
        stop.store(true, Ordering::Release);
    });
    assert_eq!(reader.value(), 0);
}

#[test]
fn a_count_is_never_negative_when_things_leave_on_another_thread() {
    let things = count();
    assert_never_negative(&things, &things);
}

#[test]
fn a_shared_handle_never_makes_a_count_negative() {
    let things = count();
    assert_never_negative(&things.shared(), &things);
    let options = Options {
        storage: Storage::Shared,
        ..Options::default()
    };
    let things = UpDownCells::new(options).unwrap();
    assert_never_negative(&things, &things);
}

#[test]
fn an_inner_count_stays_inside_the_outer_one() {
    let (inflight, queued) = (count(), count());
    let stop = AtomicBool::new(false);
    let read = |outer_first: bool| -> (i64, i64) {
        let mut plan = Plan::new();
        let mut places: Vec<Place> = Vec::new();
        let order = if outer_first {
            [&inflight, &queued]
        } else {
            [&queued, &inflight]
        };
        for count in order {
            places.push(plan.up_down(count));
        }
        let sums = plan.run();
        (sums.up_down(places[0]), sums.up_down(places[1]))
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            read_until(&stop, || {
                let (outer, inner) = read(true);
                assert!(
                    0 <= inner && inner <= outer,
                    "{inner} queued of {outer} in flight"
                );
            });
        });
        // Fields are dropped in order: a thing leaves the inner count first.
        pass_to_another_thread(|| {
            let outer = Guard::enter(&inflight);
            let inner = Guard::enter(&queued);
            (inner, outer)
        });
        stop.store(true, Ordering::Release);
    });
    assert_eq!(read(true), (0, 0));
    assert_eq!(read(false), (0, 0));
}

#[test]
fn amounts_of_both_signs_add_up() {
    let things = count();
    let amounts = [5, -2, 0, 7, -10, i64::from(i32::MAX), -i64::from(i32::MAX)];
    thread::scope(|scope| {
        for amount in amounts {
            scope.spawn({
                let things = &things;
                move || things.add(amount)
            });
        }
    });
    assert_eq!(things.value(), 0);
    things.add(i64::MAX);
    things.add(i64::MIN);
    assert_eq!(things.value(), -1);
}
