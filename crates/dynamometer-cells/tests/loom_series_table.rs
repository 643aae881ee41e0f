//! The series table under the model checker: an entry is freed after its look-ups.
#![cfg(loom)]

use dynamometer_cells::{Presence, Table};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering, fence};
use loom::thread;

/// Look-ups counted in two plain counters, with a fence where cells have
/// `membarrier`, which the model checker does not know.
#[derive(Clone)]
struct Counted(Arc<Sides>);

struct Sides {
    entered: [AtomicUsize; 2],
    left: [AtomicUsize; 2],
    open: AtomicUsize,
}

impl Counted {
    fn new() -> Self {
        let zero = || [AtomicUsize::new(0), AtomicUsize::new(0)];
        Self(Arc::new(Sides {
            entered: zero(),
            left: zero(),
            open: AtomicUsize::new(0),
        }))
    }
}

impl Presence for Counted {
    fn enter(&self) -> usize {
        let side = self.0.open.load(Ordering::Relaxed) & 1;
        self.0.entered[side].fetch_add(1, Ordering::Release);
        fence(Ordering::SeqCst);
        side
    }

    fn leave(&self, side: usize) {
        self.0.left[side].fetch_add(1, Ordering::Release);
    }

    fn turn(&self) {
        self.0
            .open
            .store(self.0.open.load(Ordering::Relaxed) ^ 1, Ordering::Relaxed);
    }

    fn barrier(&self) -> bool {
        fence(Ordering::SeqCst);
        true
    }

    fn is_empty(&self, side: usize) -> bool {
        // As `UpDownCells::value`: who left first, then who entered.
        let left = self.0.left[side].load(Ordering::Acquire);
        self.0.entered[side].load(Ordering::Acquire) == left
    }
}

/// Says when it is freed.
struct Entry {
    key: u64,
    freed: Arc<AtomicBool>,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.freed.store(true, Ordering::SeqCst);
    }
}

#[test]
fn an_entry_is_not_freed_while_a_look_up_sees_it() {
    loom::model(|| {
        let (table, mut writer) = Table::new(Counted::new());
        let freed = Arc::new(AtomicBool::new(false));
        writer.insert(
            1,
            Entry {
                key: 1,
                freed: Arc::clone(&freed),
            },
        );
        let looking = thread::spawn(move || {
            table.find(
                1,
                |entry| entry.key == 1,
                |entry| entry.freed.load(Ordering::SeqCst),
            )
        });
        writer.remove(1, |entry| entry.key == 1);
        writer.free();
        let seen = looking.join().unwrap();
        assert_ne!(seen, Some(true), "freed under the eyes of a look-up");
        writer.free();
        writer.free();
        assert!(freed.load(Ordering::SeqCst), "freed once nobody looks");
    });
}

#[test]
fn a_look_up_finds_what_stays_while_the_table_grows() {
    loom::model(|| {
        let (table, mut writer) = Table::new(Counted::new());
        writer.insert(1, 1_u64);
        let looking = thread::spawn(move || table.find(1, |entry| *entry == 1, |entry| *entry));
        writer.insert(2, 2);
        writer.insert(3, 3);
        assert_eq!(looking.join().unwrap(), Some(1));
    });
}
