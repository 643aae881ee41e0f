//! Ranges under the model checker: given back after the last record, zero again.
#![cfg(loom)]

use dynamometer_cells::model::{Engine, Lease, add_alone};
use dynamometer_cells::{Segment, SegmentKind, Space};
use loom::sync::Arc;
use loom::sync::atomic::Ordering;
use loom::thread;

/// A counter's cell, given back with the last handle as the crate's ranges are.
struct Range {
    engine: Arc<Engine>,
    offset: u32,
}

impl Range {
    fn new(engine: &Arc<Engine>) -> Arc<Self> {
        let offset = engine.allocate(Space::Thread, 1);
        Arc::new(Self {
            engine: Arc::clone(engine),
            offset: offset.expect("there are four cells, and fewer series"),
        })
    }

    fn record(&self, lease: &Lease<'_>, n: u64) {
        add_alone(lease.cell(self.offset), n, Ordering::Relaxed);
    }

    fn value(&self) -> u64 {
        let mut out = [0];
        let segment = Segment {
            offset: self.offset,
            cells: 1,
            kind: SegmentKind::Unsigned,
            out: 0,
        };
        self.engine.sum(&[segment], &mut out);
        out[0]
    }
}

impl Drop for Range {
    fn drop(&mut self) {
        self.engine.free(self.offset, 1);
    }
}

fn engine() -> Arc<Engine> {
    Arc::new(Engine::new().expect("a model always finds memory"))
}

#[test]
fn a_range_taken_while_another_is_given_back_starts_at_zero_and_counts_exactly() {
    loom::model(|| {
        let engine = engine();
        let old = Range::new(&engine);
        let thread = {
            let (engine, old) = (Arc::clone(&engine), Arc::clone(&old));
            thread::spawn(move || {
                let lease = engine.lease().expect("a model always finds memory");
                old.record(&lease, 5);
                // The last handle may go here, in the main thread, or in between.
                drop(old);
                // The thread lives on and counts elsewhere.
                let other = Range::new(&engine);
                assert_eq!(other.value(), 0);
                other.record(&lease, 1);
                assert_eq!(other.value(), 1);
            })
        };
        let lease = engine.lease().expect("a model always finds memory");
        old.record(&lease, 7);
        drop(old);
        let new = Range::new(&engine);
        assert_eq!(new.value(), 0);
        new.record(&lease, 2);
        assert_eq!(new.value(), 2);
        thread.join().expect("it does not panic");
        assert_eq!(new.value(), 2);
    });
}

#[test]
fn a_reused_range_is_recorded_to_by_a_thread_that_recorded_to_the_old_one() {
    loom::model(|| {
        let engine = engine();
        let old = Range::new(&engine);
        let offset = old.offset;
        let (hand, handed) = loom::sync::mpsc::channel::<Arc<Range>>();
        let thread = {
            let (engine, old) = (Arc::clone(&engine), Arc::clone(&old));
            thread::spawn(move || {
                let lease = engine.lease().expect("a model always finds memory");
                old.record(&lease, 5);
                drop(old);
                let new = handed.recv().expect("the main thread sends");
                // A stale 5 in this thread's view would come back here.
                new.record(&lease, 1);
                new
            })
        };
        drop(old);
        let new = Range::new(&engine);
        assert_eq!(new.value(), 0);
        let is_reused = new.offset == offset;
        hand.send(Arc::clone(&new)).expect("the thread waits");
        drop(thread.join().expect("it does not panic"));
        assert_eq!(new.value(), 1, "in the same cell: {is_reused}");
    });
}
