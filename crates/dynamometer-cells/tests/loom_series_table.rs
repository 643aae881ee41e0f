//! The series table under the model checker: an entry is freed after its look-ups.
#![cfg(loom)]

use dynamometer_cells::{Hashed, Presence, Table};
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

/// A look-up that is counted out when it ends.
struct Inside<'a>(&'a Sides, usize);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.left[self.1].fetch_add(1, Ordering::Release);
    }
}

impl Presence for Counted {
    type Inside<'a> = Inside<'a>;

    fn enter(&self) -> Inside<'_> {
        let side = self.0.open.load(Ordering::Relaxed) & 1;
        self.0.entered[side].fetch_add(1, Ordering::Release);
        fence(Ordering::SeqCst);
        Inside(&self.0, side)
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

/// An entry that is its own key and hash.
struct Number(u32);

impl Hashed for Number {
    fn hash(&self) -> u32 {
        self.0
    }
}

/// Says when it is freed.
struct Entry {
    key: u32,
    freed: Arc<AtomicBool>,
}

impl Hashed for Entry {
    fn hash(&self) -> u32 {
        self.key
    }
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
        writer.insert(std::sync::Arc::new(Entry {
            key: 1,
            freed: Arc::clone(&freed),
        }));
        let looking = thread::spawn(move || {
            let found = table.find(1, |entry| entry.key == 1)?;
            Some(found.freed.load(Ordering::SeqCst))
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
        let number = |number| std::sync::Arc::new(Number(number));
        writer.insert(number(1));
        let looking =
            thread::spawn(move || table.find(1, |entry| entry.0 == 1).map(|entry| entry.0));
        writer.insert(number(2));
        writer.insert(number(3));
        assert_eq!(looking.join().unwrap(), Some(1));
    });
}
