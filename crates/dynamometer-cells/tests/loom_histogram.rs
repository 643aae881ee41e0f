//! Histograms under the model checker: the sum holds at least what was counted.
//!
//! The reader is the last thread to start: see `loom_lease.rs`.
#![cfg(loom)]

use dynamometer_cells::model::{CELL_BYTES, Engine, observe_alone, observe_among_others};
use dynamometer_cells::{Segment, SegmentKind, Space};
use loom::thread;

fn engine() -> &'static Engine {
    let engine = Engine::new().expect("a model always finds memory");
    Box::leak(Box::new(engine))
}

fn histogram(engine: &Engine) -> u32 {
    let offset = engine.allocate(Space::Thread, 3);
    offset.expect("a fresh engine has cells")
}

/// The sum and the count of the histogram of two buckets at `offset`.
fn read(engine: &Engine, offset: u32) -> (f64, u64) {
    let mut out = [0; 3];
    let segment = Segment {
        offset,
        cells: 3,
        kind: SegmentKind::Histogram,
        out: 0,
    };
    engine.sum(&[segment], &mut out);
    (f64::from_bits(out[0]), out[1] + out[2])
}

fn observe_in_own_slab(engine: &Engine, offset: u32, bucket: usize) {
    let lease = engine.lease().expect("a model always finds memory");
    let cell = |index| lease.cell(offset + index as u32 * CELL_BYTES);
    observe_alone(cell, bucket, 1.0, 1);
}

fn observe_in_shared_slab(engine: &Engine, offset: u32, bucket: usize) {
    let cell = |index| engine.shared_cell(offset + index as u32 * CELL_BYTES);
    observe_among_others(cell, bucket, 1.0, 1);
}

/// Runs `first` and `second` on threads of their own, and reads meanwhile.
fn assert_sum_holds_the_count(first: fn(&Engine, u32, usize), second: fn(&Engine, u32, usize)) {
    loom::model(move || {
        let engine = engine();
        let offset = histogram(engine);
        let writers = [(first, 0), (second, 1)]
            .map(|(observe, bucket)| thread::spawn(move || observe(engine, offset, bucket)));
        let reader = thread::spawn(move || {
            let (sum, count) = read(engine, offset);
            assert!(sum >= count as f64 && sum <= 2.0, "{sum} of {count}");
        });
        for thread in writers.into_iter().chain([reader]) {
            thread.join().expect("it does not panic");
        }
        assert_eq!(read(engine, offset), (2.0, 2));
    });
}

#[test]
fn a_sum_holds_what_was_counted_in_slabs_of_threads() {
    assert_sum_holds_the_count(observe_in_own_slab, observe_in_own_slab);
}

#[test]
fn a_sum_holds_what_was_counted_in_the_shared_slab() {
    assert_sum_holds_the_count(observe_in_shared_slab, observe_in_shared_slab);
}

#[test]
fn a_sum_holds_what_was_counted_in_both() {
    assert_sum_holds_the_count(observe_in_own_slab, observe_in_shared_slab);
}
