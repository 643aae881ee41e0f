//! Up-down counters under the model checker: never negative, nested in order.
//!
//! The reader is the last thread to start: see `loom_lease.rs`.
#![cfg(loom)]

use dynamometer_cells::model::{
    CELL_BYTES, Engine, Lease, count_alone, count_among_others, sum_nested,
};
use dynamometer_cells::{Segment, SegmentKind, Space};
use loom::sync::mpsc;
use loom::thread;

fn engine() -> &'static Engine {
    let engine = Engine::new().expect("a model always finds memory");
    Box::leak(Box::new(engine))
}

fn pair(engine: &Engine) -> u32 {
    let offset = engine.allocate(Space::Thread, 2);
    offset.expect("a fresh engine has cells")
}

/// Where a thread counts: in its own slab, or in the shared one.
enum Place {
    Own(Lease<'static>),
    Shared(&'static Engine),
}

impl Place {
    fn own(engine: &'static Engine) -> Self {
        Self::Own(engine.lease().expect("a model always finds memory"))
    }

    fn count(&self, offset: u32, n: i64) {
        let at = |index: usize| offset + index as u32 * CELL_BYTES;
        match self {
            Self::Own(lease) => count_alone(|index| lease.cell(at(index)), n),
            Self::Shared(engine) => count_among_others(|index| engine.shared_cell(at(index)), n),
        }
    }
}

/// Reads the counters at `offsets`, outer ones first.
fn read<const N: usize>(engine: &Engine, offsets: [u32; N]) -> [i64; N] {
    let mut out = vec![0; 2 * N];
    let mut pairs: Vec<Segment> = offsets
        .iter()
        .enumerate()
        .map(|(at, &offset)| Segment {
            offset,
            cells: 2,
            kind: SegmentKind::SecondOfPair,
            out: 2 * at as u32,
        })
        .collect();
    sum_nested(&mut pairs, &[], &mut out, |segments, out| {
        engine.sum(segments, out);
    });
    std::array::from_fn(|at| out[2 * at].wrapping_sub(out[2 * at + 1]).cast_signed())
}

/// One thing enters `first` and then `last`; another thread takes it out of
/// `last` and then `first`; a third one reads meanwhile.
fn assert_nested<const N: usize>(places: fn(&'static Engine) -> [Place; 2]) {
    loom::model(move || {
        let engine = engine();
        let offsets: [u32; N] = std::array::from_fn(|_| pair(engine));
        let [enters_in, leaves_in] = places(engine);
        let (hand, handed) = mpsc::channel();
        let enters = thread::spawn(move || {
            for offset in offsets {
                enters_in.count(offset, 1);
            }
            hand.send(()).expect("the other thread waits");
        });
        let leaves = thread::spawn(move || {
            handed.recv().expect("the other thread sends");
            for offset in offsets.into_iter().rev() {
                leaves_in.count(offset, -1);
            }
        });
        let reads = thread::spawn(move || {
            let values = read(engine, offsets);
            assert!(
                values.is_sorted_by(|outer, inner| outer >= inner),
                "{values:?}"
            );
            assert!(
                values.iter().all(|value| (0..=1).contains(value)),
                "{values:?}"
            );
        });
        for thread in [enters, leaves, reads] {
            thread.join().expect("it does not panic");
        }
        assert_eq!(read(engine, offsets), [0; N]);
    });
}

#[test]
fn a_thing_that_leaves_on_another_thread_never_makes_its_count_negative() {
    assert_nested::<1>(|engine| [Place::own(engine), Place::own(engine)]);
}

#[test]
fn a_thing_that_leaves_in_the_shared_slab_never_makes_its_count_negative() {
    assert_nested::<1>(|engine| [Place::own(engine), Place::Shared(engine)]);
}

#[test]
fn a_thing_that_enters_in_the_shared_slab_never_makes_its_count_negative() {
    assert_nested::<1>(|engine| [Place::Shared(engine), Place::own(engine)]);
}

#[test]
fn an_inner_count_stays_inside_the_outer_one() {
    assert_nested::<2>(|engine| [Place::own(engine), Place::own(engine)]);
}

#[test]
fn an_inner_count_stays_inside_the_outer_one_in_the_shared_slab() {
    assert_nested::<2>(|engine| [Place::Shared(engine), Place::own(engine)]);
}
