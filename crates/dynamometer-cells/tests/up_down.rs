//! Counts that rise on one thread and fall on another never read false.
#![cfg(not(loom))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod alive;
mod meanwhile;

use std::sync::mpsc;
use std::thread;

use dynamometer_cells::{Options, Plan, Storage, UpDownCells};

use crate::alive::while_alive;
use crate::meanwhile::meanwhile;

const THINGS: usize = if cfg!(miri) { 30 } else { 200_000 };

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

/// Slabs between those of the two threads: a long read tears more easily.
const BETWEEN: usize = if cfg!(miri) { 2 } else { 100 };

/// Which thread leases its slab first; a reader goes through slabs newest first.
#[derive(Clone, Copy)]
enum First {
    Makes,
    Takes,
}

/// Passes what `make` makes on one thread to another, which drops it.
fn pass_on<T: Send>(first: First, count: &UpDownCells, make: impl Fn() -> T + Send) {
    // A short queue keeps both threads at work, and the count near zero.
    let (hand, handed) = mpsc::sync_channel::<T>(2);
    let makes = move || {
        for _ in 0..THINGS {
            hand.send(make()).unwrap();
        }
    };
    let takes = move || handed.into_iter().for_each(drop);
    match first {
        First::Makes => run_with_slabs_between(count, makes, takes),
        First::Takes => run_with_slabs_between(count, takes, makes),
    }
}

/// Runs both on threads of their own; `older` leases its slab well before `newer`.
fn run_with_slabs_between(
    count: &UpDownCells,
    older: impl FnOnce() + Send,
    newer: impl FnOnce() + Send,
) {
    thread::scope(|scope| {
        let (tell, leased) = mpsc::channel();
        scope.spawn(move || {
            count.add(0);
            tell.send(()).unwrap();
            older();
        });
        leased.recv().unwrap();
        while_alive(
            BETWEEN,
            || count.add(0),
            || (),
            || {
                thread::scope(|scope| drop(scope.spawn(newer)));
            },
        );
    });
}

fn assert_never_negative(first: First, recorder: &UpDownCells, reader: &UpDownCells) {
    let mut check = || {
        let value = reader.value();
        // No upper bound: what comes during the read may be counted, and its
        // leaving missed, for as long as the reader is held up.
        assert!(value >= 0, "{value} things in flight");
    };
    meanwhile([&mut check], || {
        pass_on(first, recorder, || Guard::enter(recorder));
    });
    assert_eq!(reader.value(), 0);
}

fn shared_storage() -> UpDownCells {
    let options = Options {
        storage: Storage::Shared,
        ..Options::default()
    };
    UpDownCells::new(options).unwrap()
}

#[test]
fn a_count_is_never_negative_when_things_leave_on_a_newer_thread() {
    let things = count();
    assert_never_negative(First::Makes, &things, &things);
}

#[test]
fn a_count_is_never_negative_when_things_leave_on_an_older_thread() {
    let things = count();
    assert_never_negative(First::Takes, &things, &things);
}

#[test]
fn a_shared_handle_never_makes_a_count_negative() {
    let things = count();
    assert_never_negative(First::Makes, &things.shared(), &things);
    let things = shared_storage();
    assert_never_negative(First::Makes, &things, &things);
}

/// Reads counts planned in this order.
fn read<const N: usize>(counts: [&UpDownCells; N]) -> [i64; N] {
    let mut plan = Plan::new();
    let places = counts.map(|count| plan.up_down(count.series().unwrap()));
    let sums = plan.run();
    places.map(|place| sums.up_down(place))
}

fn assert_nested(first: First) {
    let (inflight, queued) = (count(), count());
    let mut check = || {
        let [outer, inner] = read([&inflight, &queued]);
        assert!(0 <= inner && inner <= outer, "{inner} queued of {outer}");
    };
    meanwhile([&mut check], || {
        pass_on(first, &inflight, || {
            let outer = Guard::enter(&inflight);
            let inner = Guard::enter(&queued);
            // Dropped in this order: a thing leaves the inner count first.
            (inner, outer)
        });
    });
    assert_eq!(read([&inflight, &queued]), [0, 0]);
    assert_eq!(read([&queued, &inflight]), [0, 0]);
}

#[test]
fn an_inner_count_stays_inside_the_outer_one_when_things_leave_on_a_newer_thread() {
    assert_nested(First::Makes);
}

#[test]
fn an_inner_count_stays_inside_the_outer_one_when_things_leave_on_an_older_thread() {
    assert_nested(First::Takes);
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
