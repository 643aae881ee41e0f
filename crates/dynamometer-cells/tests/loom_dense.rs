//! Entries by number under the model checker: cleared, shared and set anew while
//! somebody looks.
#![cfg(loom)]

mod counted;

use dynamometer_cells::{Hashed, Table};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread;

use crate::counted::Counted;

/// Says when it is freed.
struct Entry {
    key: u32,
    freed: Arc<AtomicBool>,
}

impl Entry {
    fn new(key: u32) -> (std::sync::Arc<Self>, Arc<AtomicBool>) {
        let freed = Arc::new(AtomicBool::new(false));
        let entry = Self {
            key,
            freed: Arc::clone(&freed),
        };
        (std::sync::Arc::new(entry), freed)
    }
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
fn an_entry_found_by_number_is_not_freed_while_it_is_looked_at() {
    loom::model(|| {
        let (_table, mut writer) = Table::new(Counted::new());
        let dense = writer.dense(1);
        let (entry, freed) = Entry::new(1);
        writer.insert(std::sync::Arc::clone(&entry));
        assert!(writer.set_dense(&dense, 0, &entry));
        drop(entry);
        let looking = thread::spawn(move || {
            let found = dense.find(0)?;
            Some(found.freed.load(Ordering::SeqCst))
        });
        drop(writer.remove(1, |entry| entry.key == 1));
        writer.free();
        let seen = looking.join().unwrap();
        assert_ne!(seen, Some(true), "freed under the eyes of a look-up");
        writer.free();
        writer.free();
        assert!(freed.load(Ordering::SeqCst), "freed once nobody looks");
    });
}

#[test]
fn a_share_taken_by_number_keeps_an_entry_that_is_removed_meanwhile() {
    loom::model(|| {
        let (_table, mut writer) = Table::new(Counted::new());
        let dense = writer.dense(1);
        let (entry, freed) = Entry::new(1);
        writer.insert(std::sync::Arc::clone(&entry));
        assert!(writer.set_dense(&dense, 0, &entry));
        drop(entry);
        let sharing = thread::spawn(move || dense.find(0).map(|found| found.share()));
        drop(writer.remove(1, |entry| entry.key == 1));
        writer.free();
        let share = sharing.join().unwrap();
        writer.free();
        writer.free();
        let is_kept = share.is_some();
        assert_eq!(freed.load(Ordering::SeqCst), !is_kept);
        drop(share);
        assert!(freed.load(Ordering::SeqCst));
    });
}

#[test]
fn a_number_finds_the_old_entry_or_the_new_one_or_none() {
    loom::model(|| {
        let (_table, mut writer) = Table::new(Counted::new());
        let dense = std::sync::Arc::new(writer.dense(1));
        let (old, old_freed) = Entry::new(1);
        writer.insert(std::sync::Arc::clone(&old));
        assert!(writer.set_dense(&dense, 0, &old));
        drop(old);
        let looking = {
            let dense = std::sync::Arc::clone(&dense);
            thread::spawn(move || {
                let found = dense.find(0)?;
                assert!(!found.freed.load(Ordering::SeqCst));
                Some(found.key)
            })
        };
        drop(writer.remove(1, |entry| entry.key == 1));
        let (new, _) = Entry::new(2);
        writer.insert(std::sync::Arc::clone(&new));
        assert!(writer.set_dense(&dense, 0, &new));
        let seen = looking.join().unwrap();
        assert!(seen.is_none_or(|key| key == 1 || key == 2));
        assert_eq!(dense.find(0).map(|found| found.key), Some(2));
        writer.free();
        writer.free();
        assert!(old_freed.load(Ordering::SeqCst), "freed once nobody looks");
    });
}
