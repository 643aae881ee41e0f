//! The last cell of the slabs and the first past them are neighbours.
//!
//! One test in its own file: it takes all the offsets of the slabs.
#![cfg(not(loom))]
#![allow(unsafe_code, reason = "takes ranges from the owner's table")]

use std::thread;

use dynamometer_cells::{CounterCell, FloatCell, Options, Plan, native_table};

/// Takes `cells` cells in the space of that number; returns their offset.
fn take(space: u32, cells: u32) -> u32 {
    // SAFETY: any thread may allocate.
    let answer = unsafe { (native_table().allocate)(space, cells) };
    assert_eq!(answer >> 32, i64::from(space), "the space is full");
    answer.cast_unsigned() as u32
}

#[test]
fn series_on_both_sides_of_the_edge_are_read_in_one_plan() {
    // The shared stretch begins where the slabs end.
    let edge = take(1, 1);
    // SAFETY: taken above, given back once, never written.
    unsafe { (native_table().free)(edge, 1) };
    let start = take(0, 1) + 8;
    take(0, (edge - start) / 8 - 5);

    let counters = [(); 2].map(|()| CounterCell::new(Options::default()).unwrap());
    // Three of these lie inside the slabs, two past them.
    let floats = [(); 5].map(|()| FloatCell::new(Options::default()).unwrap());
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for counter in &counters {
                    counter.inc_by(2);
                }
                for float in &floats {
                    float.add(0.5);
                }
            });
        }
    });

    let mut plan = Plan::new();
    let places: Vec<_> = counters
        .iter()
        .map(|counter| plan.counter(counter.series().unwrap()))
        .collect();
    let float_places: Vec<_> = floats
        .iter()
        .map(|float| plan.float(float.series().unwrap()))
        .collect();
    let sums = plan.run();
    for (at, place) in places.into_iter().enumerate() {
        assert_eq!(sums.counter(place), 6, "counter {at}");
    }
    for (at, place) in float_places.into_iter().enumerate() {
        assert!((sums.float(place) - 1.5).abs() < f64::EPSILON, "float {at}");
    }
    assert!(
        floats
            .iter()
            .all(|float| (float.value() - 1.5).abs() < f64::EPSILON)
    );
}
