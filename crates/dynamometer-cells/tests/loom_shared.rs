//! Atomic adds beside unlocked ones under the model checker.
//!
//! The reader is the last thread to start: see `loom_lease.rs`.
#![cfg(loom)]

use dynamometer_cells::model::{Engine, add_alone, add_float_alone, add_float_among_others};
use dynamometer_cells::{Segment, SegmentKind, Space};
use loom::sync::Arc;
use loom::sync::atomic::Ordering;
use loom::thread;

fn engine() -> Arc<Engine> {
    Arc::new(Engine::new().expect("a model always finds memory"))
}

fn cell(engine: &Engine, space: Space) -> u32 {
    let offset = engine.allocate(space, 1);
    offset.expect("a fresh engine has cells")
}

fn read(engine: &Engine, offset: u32, kind: SegmentKind) -> u64 {
    let mut out = [0];
    let segment = Segment {
        offset,
        cells: 1,
        kind,
        out: 0,
    };
    engine.sum(&[segment], &mut out);
    out[0]
}

#[test]
fn atomic_adds_and_unlocked_ones_to_one_series_are_all_counted() {
    loom::model(|| {
        let engine = engine();
        let offset = cell(&engine, Space::Thread);
        let threads = [true, false].map(|has_slab| {
            let engine = Arc::clone(&engine);
            thread::spawn(move || {
                if has_slab {
                    let lease = engine.lease().expect("a model always finds memory");
                    add_alone(lease.cell(offset), 1, Ordering::Relaxed);
                }
                let shared = engine.shared_cell(offset);
                shared.fetch_add(1, Ordering::Relaxed);
            })
        });
        let reader = {
            let engine = Arc::clone(&engine);
            thread::spawn(move || {
                let first = read(&engine, offset, SegmentKind::Unsigned);
                let second = read(&engine, offset, SegmentKind::Unsigned);
                assert!(first <= second && second <= 3, "{second} after {first}");
            })
        };
        for thread in threads.into_iter().chain([reader]) {
            thread.join().expect("it does not panic");
        }
        assert_eq!(read(&engine, offset, SegmentKind::Unsigned), 3);
    });
}

#[test]
fn float_adds_among_others_and_alone_are_all_counted() {
    loom::model(|| {
        let engine = engine();
        let offset = cell(&engine, Space::Thread);
        let threads = [true, false].map(|has_slab| {
            let engine = Arc::clone(&engine);
            thread::spawn(move || {
                if has_slab {
                    let lease = engine.lease().expect("a model always finds memory");
                    add_float_alone(lease.cell(offset), 0.5);
                }
                add_float_among_others(engine.shared_cell(offset), 1.0);
            })
        });
        add_float_among_others(engine.shared_cell(offset), 2.0);
        for thread in threads {
            thread.join().expect("it does not panic");
        }
        let sum = f64::from_bits(read(&engine, offset, SegmentKind::Float));
        assert!((sum - 4.5).abs() < f64::EPSILON, "{sum}");
    });
}

#[test]
fn a_series_in_the_shared_space_is_in_no_slab() {
    loom::model(|| {
        let engine = engine();
        let offset = cell(&engine, Space::Shared);
        let thread = {
            let engine = Arc::clone(&engine);
            thread::spawn(move || {
                let own = cell(&engine, Space::Thread);
                let lease = engine.lease().expect("a model always finds memory");
                add_alone(lease.cell(own), 1, Ordering::Relaxed);
                engine.shared_cell(offset).fetch_add(2, Ordering::Relaxed);
            })
        };
        engine.shared_cell(offset).fetch_add(3, Ordering::Relaxed);
        thread.join().expect("it does not panic");
        assert_eq!(read(&engine, offset, SegmentKind::Unsigned), 5);
    });
}
