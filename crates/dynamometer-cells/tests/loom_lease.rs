//! Leases under the model checker: taken, written, handed on, read meanwhile.
//!
//! Readers are the last threads to start. Loom runs them last at first, with
//! every value that a load may return, and moves them forward from there; it
//! does not move a write forward past a read where the writer has read the cell
//! itself since, as `add_alone` does.
#![cfg(loom)]

use dynamometer_cells::model::{Engine, Lease, add_alone};
use dynamometer_cells::{Segment, SegmentKind, Space};
use loom::sync::atomic::Ordering;
use loom::thread;

fn engine() -> &'static Engine {
    let engine = Engine::new().expect("a model always finds memory");
    Box::leak(Box::new(engine))
}

fn counter(engine: &Engine) -> u32 {
    let offset = engine.allocate(Space::Thread, 1);
    offset.expect("a fresh engine has cells")
}

fn lease(engine: &'static Engine) -> Lease<'static> {
    engine.lease().expect("a model always finds memory")
}

fn read(engine: &Engine, offset: u32) -> u64 {
    let mut out = [0];
    let segment = Segment {
        offset,
        cells: 1,
        kind: SegmentKind::Unsigned,
        out: 0,
    };
    engine.sum(&[segment], &mut out);
    out[0]
}

/// Starts a thread that leases, adds `n` times one, and hands its slab on.
fn live(engine: &'static Engine, offset: u32, n: u64) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let lease = lease(engine);
        for _ in 0..n {
            add_alone(lease.cell(offset), 1, Ordering::Relaxed);
        }
    })
}

/// Starts a thread that reads twice, and fails where the count goes backwards.
fn read_twice(engine: &'static Engine, offset: u32, most: u64) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let first = read(engine, offset);
        let second = read(engine, offset);
        assert!(first <= second, "{second} after {first}");
        assert!(second <= most, "{second} of {most}");
    })
}

fn join(threads: impl IntoIterator<Item = thread::JoinHandle<()>>) {
    for thread in threads {
        thread.join().expect("it does not panic");
    }
}

#[test]
fn a_successor_adds_on_top_of_what_its_predecessor_counted() {
    loom::model(|| {
        let engine = engine();
        let offset = counter(engine);
        let threads = [live(engine, offset, 1), live(engine, offset, 1)];
        join(threads);
        // Both slabs are idle by now, or the one that served twice.
        join([live(engine, offset, 1)]);
        assert_eq!(read(engine, offset), 3);
    });
}

#[test]
fn reads_never_go_backwards_while_a_slab_is_handed_on() {
    loom::model(|| {
        let engine = engine();
        let offset = counter(engine);
        let threads = [
            live(engine, offset, 1),
            live(engine, offset, 1),
            read_twice(engine, offset, 2),
        ];
        join(threads);
        assert_eq!(read(engine, offset), 2);
    });
}

#[test]
fn reads_never_go_backwards_while_two_slabs_are_written() {
    loom::model(|| {
        let engine = engine();
        let offset = counter(engine);
        let leases = [lease(engine), lease(engine)];
        let writers = leases.map(|lease| {
            thread::spawn(move || add_alone(lease.cell(offset), 1, Ordering::Relaxed))
        });
        let reader = read_twice(engine, offset, 2);
        join(writers.into_iter().chain([reader]));
        assert_eq!(read(engine, offset), 2);
    });
}

#[test]
fn two_lessees_at_once_have_two_slabs() {
    loom::model(|| {
        let engine = engine();
        let offset = counter(engine);
        // One slab is idle, one is leased; the threads want one each.
        let mine = lease(engine);
        drop(lease(engine));
        let threads = [(); 2].map(|()| {
            thread::spawn(move || {
                let lease = lease(engine);
                for _ in 0..2 {
                    add_alone(lease.cell(offset), 1, Ordering::Relaxed);
                }
            })
        });
        for _ in 0..2 {
            add_alone(mine.cell(offset), 1, Ordering::Relaxed);
        }
        join(threads);
        assert_eq!(read(engine, offset), 6);
    });
}

#[test]
fn threads_that_lease_again_and_again_lose_nothing() {
    loom::model(|| {
        let engine = engine();
        let offset = counter(engine);
        let threads = [(); 2].map(|()| {
            thread::spawn(move || {
                for _ in 0..2 {
                    let lease = lease(engine);
                    add_alone(lease.cell(offset), 1, Ordering::Relaxed);
                }
            })
        });
        join(threads);
        assert_eq!(read(engine, offset), 4);
    });
}
