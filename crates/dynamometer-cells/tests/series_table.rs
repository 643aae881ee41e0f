//! The series table: found while others change it, freed when nobody looks.
#![cfg(not(loom))]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use dynamometer_cells::{Hashed, InCells, Presence, Table, Writer};
use proptest::prelude::*;

type Entries<T> = (Table<T, InCells>, Writer<T, InCells>);

fn table<T: Hashed>() -> Entries<T> {
    Table::new(InCells::new())
}

/// A hash, a key and a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry(u32, u64, u64);

impl Hashed for Entry {
    fn hash(&self) -> u32 {
        self.0
    }
}

fn insert(writer: &mut Writer<Entry, InCells>, hash: u32, key: u64, value: u64) {
    writer.insert(Arc::new(Entry(hash, key, value)));
}

fn remove(writer: &mut Writer<Entry, InCells>, hash: u32, key: u64) -> bool {
    writer.remove(hash, |entry| entry.1 == key).is_some()
}

fn find(table: &Table<Entry, InCells>, hash: u32, key: u64) -> Option<u64> {
    table
        .find(hash, |entry| entry.1 == key)
        .map(|entry| entry.2)
}

/// Frees all that was removed, once the look-ups of other tests are over too.
fn free_all<T: Hashed>(writer: &mut Writer<T, InCells>) {
    while writer.unfreed() > 0 {
        writer.free();
        thread::yield_now();
    }
}

/// A value that counts how many of its kind are alive.
struct Counted(u32, Arc<AtomicUsize>);

impl Counted {
    fn new(key: u32, alive: &Arc<AtomicUsize>) -> Arc<Self> {
        alive.fetch_add(1, Ordering::Relaxed);
        Arc::new(Self(key, Arc::clone(alive)))
    }
}

impl Hashed for Counted {
    fn hash(&self) -> u32 {
        self.0
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.1.fetch_sub(1, Ordering::Relaxed);
    }
}

#[test]
fn keys_with_the_same_hash_are_told_apart() {
    let (table, mut writer) = table();
    for key in 0..100 {
        insert(&mut writer, 7, key, key * 10);
    }
    assert_eq!(writer.len(), 100);
    assert!((0..100).all(|key| find(&table, 7, key) == Some(key * 10)));
    assert_eq!(find(&table, 7, 100), None);
    assert!(remove(&mut writer, 7, 50));
    assert!(!remove(&mut writer, 7, 50));
    assert_eq!(find(&table, 7, 50), None);
    assert_eq!(
        find(&table, 7, 99),
        Some(990),
        "what lies behind a removed one is found"
    );
}

#[test]
fn insert_and_remove_over_and_over_neither_grows_nor_leaks() {
    let alive = Arc::new(AtomicUsize::new(0));
    let (table, mut writer) = table();
    for key in 0..if cfg!(miri) { 100 } else { 10_000 } {
        writer.insert(Counted::new(key, &alive));
        assert!(writer.remove(key, |entry| entry.0 == key).is_some());
    }
    free_all(&mut writer);
    assert_eq!(alive.load(Ordering::Relaxed), 0);
    drop((table, writer));
}

#[test]
fn dropping_the_table_drops_its_entries() {
    let alive = Arc::new(AtomicUsize::new(0));
    let (table, mut writer) = table();
    for key in 0..100 {
        writer.insert(Counted::new(key, &alive));
    }
    drop(writer);
    let still = table.find(3, |entry| entry.0 == 3).map(|entry| entry.0);
    assert_eq!(still, Some(3), "the table goes on without its writer");
    drop(table);
    assert_eq!(alive.load(Ordering::Relaxed), 0);
}

#[test]
fn an_entry_removed_during_a_look_up_lives_until_its_end() {
    let alive = Arc::new(AtomicUsize::new(0));
    let (table, mut writer) = table();
    writer.insert(Counted::new(1, &alive));
    let found = table.find(1, |entry| entry.0 == 1).expect("it is there");
    writer.remove(1, |entry| entry.0 == 1);
    (0..10).for_each(|_| writer.free());
    assert_eq!(found.0, 1);
    assert_eq!(
        alive.load(Ordering::Relaxed),
        1,
        "not freed while it is looked at"
    );
    drop(found);
    free_all(&mut writer);
    assert_eq!(alive.load(Ordering::Relaxed), 0, "and freed after that");
}

#[test]
fn a_share_outlives_look_up_and_table() {
    let alive = Arc::new(AtomicUsize::new(0));
    let (table, mut writer) = table();
    writer.insert(Counted::new(1, &alive));
    let share = table.find(1, |_| true).expect("it is there").share();
    let removed = writer.remove(1, |_| true).expect("it is there");
    assert!(Arc::ptr_eq(&share, &removed));
    free_all(&mut writer);
    drop((table, writer, removed));
    assert_eq!(alive.load(Ordering::Relaxed), 1);
    assert_eq!(
        Arc::strong_count(&share),
        1,
        "the table has given up its own"
    );
    drop(share);
    assert_eq!(alive.load(Ordering::Relaxed), 0);
}

#[test]
fn a_look_up_held_for_long_keeps_only_its_own_table_from_freeing() {
    let alive = Arc::new(AtomicUsize::new(0));
    let (held_table, mut held_writer) = table();
    let (_other, mut other_writer) = table();
    held_writer.insert(Counted::new(1, &alive));
    other_writer.insert(Counted::new(1, &alive));
    let _held = held_table.find(1, |_| true);
    other_writer.remove(1, |_| true);
    free_all(&mut other_writer);
    assert_eq!(alive.load(Ordering::Relaxed), 1);
}

/// Look-ups that cannot be ordered against, as where `membarrier` is refused.
#[derive(Clone)]
struct Unordered;

impl Presence for Unordered {
    type Inside<'a> = ();

    fn enter(&self) {}

    fn turn(&self) {}

    fn barrier(&self) -> bool {
        false
    }

    fn is_empty(&self, _side: usize) -> bool {
        true
    }
}

#[test]
#[cfg_attr(miri, ignore = "what is held for ever is a leak")]
fn nothing_is_freed_where_the_barrier_is_refused() {
    let (table, mut writer) = Table::new(Unordered);
    writer.insert(Arc::new(Entry(1, 1, 1)));
    writer.remove(1, |_| true);
    writer.free();
    assert_eq!(writer.unfreed(), 1, "a look-up might still see it");
    assert!(table.find(1, |_| true).is_none());
}

#[test]
fn a_closure_that_panics_does_not_keep_entries_for_ever() {
    let alive = Arc::new(AtomicUsize::new(0));
    let (table, mut writer) = table();
    writer.insert(Counted::new(1, &alive));
    let looking = std::panic::AssertUnwindSafe(|| {
        table.find(1, |_| panic!("on purpose"));
    });
    assert!(std::panic::catch_unwind(looking).is_err());
    writer.remove(1, |_| true);
    free_all(&mut writer);
    assert_eq!(alive.load(Ordering::Relaxed), 0);
}

#[test]
fn look_ups_find_what_stays_while_the_rest_comes_and_goes() {
    let rounds = if cfg!(miri) { 20 } else { 20_000 };
    let (table, mut writer) = table();
    for key in 0..8_u32 {
        insert(&mut writer, key, key.into(), key.into());
    }
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            let (table, done) = (table.clone(), &done);
            scope.spawn(move || {
                while !done.load(Ordering::Relaxed) {
                    for key in 0..8_u32 {
                        assert_eq!(find(&table, key, key.into()), Some(key.into()));
                    }
                    for key in 8..24_u32 {
                        let found = find(&table, key, key.into());
                        assert!(found.is_none() || found == Some(u64::from(key) * 3));
                    }
                }
            });
        }
        for round in 0..rounds {
            let key = 8 + round % 16;
            insert(&mut writer, key, key.into(), u64::from(key) * 3);
            remove(&mut writer, key, key.into());
        }
        done.store(true, Ordering::Relaxed);
    });
    free_all(&mut writer);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 256 }))]
    #[test]
    fn any_changes_leave_what_a_map_would_hold(
        changes in prop::collection::vec((any::<bool>(), 0_u64..40), 0..400),
        spread in 1_u64..8,
    ) {
        let (table, mut writer) = table();
        let mut model = std::collections::BTreeMap::new();
        // Few different hashes: probing and tombstones matter.
        let hash = |key: u64| (key / spread) as u32;
        for (step, (adds, key)) in (0..).zip(changes) {
            if adds && !model.contains_key(&key) {
                insert(&mut writer, hash(key), key, step);
                model.insert(key, step);
            } else {
                let removed = remove(&mut writer, hash(key), key);
                prop_assert_eq!(removed, model.remove(&key).is_some());
            }
        }
        for key in 0..40 {
            prop_assert_eq!(find(&table, hash(key), key), model.get(&key).copied());
        }
        let mut held: Vec<_> = writer.iter().map(|entry| (entry.1, entry.2)).collect();
        held.sort_unstable();
        prop_assert_eq!(held, model.into_iter().collect::<Vec<_>>());
    }
}
