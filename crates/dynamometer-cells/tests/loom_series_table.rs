//! The series table under the model checker: an entry is freed after its look-ups.
#![cfg(loom)]

mod counted;

use dynamometer_cells::{Hashed, Table};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread;

use crate::counted::Counted;

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
