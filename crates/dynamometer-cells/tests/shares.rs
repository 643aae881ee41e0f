//! Shares that are taken while the writer removes what is shared.
#![cfg(not(loom))]

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;

use dynamometer_cells::{
    CounterCell, Hashed, InCells, Keep as _, Kept, Key, Looked, Options, Series, Storage, Table,
    Writer,
};

const KEYS: u32 = 8;
const ALIVE: u64 = 0x1234_5678_9abc_def0;

/// Knows whether it was dropped, and counts how many of its kind are alive.
struct Canary {
    key: u32,
    state: AtomicU64,
    alive: Arc<AtomicUsize>,
}

impl Canary {
    fn new(key: u32, alive: &Arc<AtomicUsize>) -> Arc<Self> {
        alive.fetch_add(1, Ordering::Relaxed);
        Arc::new(Self {
            key,
            state: AtomicU64::new(ALIVE + u64::from(key)),
            alive: Arc::clone(alive),
        })
    }

    #[track_caller]
    fn check(&self, key: u32) {
        assert_eq!(self.key, key);
        assert_eq!(self.state.load(Ordering::Relaxed), ALIVE + u64::from(key));
    }
}

impl Hashed for Canary {
    fn hash(&self) -> u32 {
        // Two keys to a hash.
        self.key / 2
    }
}

impl Drop for Canary {
    fn drop(&mut self) {
        self.check(self.key);
        self.state.store(0, Ordering::Relaxed);
        self.alive.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Frees all that was removed, once the look-ups in progress are over.
fn free_all<T: Hashed>(writer: &mut Writer<T, InCells>) {
    while writer.unfreed() > 0 {
        writer.free();
        thread::yield_now();
    }
}

#[test]
fn a_share_is_whole_for_as_long_as_it_is_held_whatever_the_writer_removes() {
    let rounds: u32 = if cfg!(miri) { 60 } else { 20_000 };
    let alive = Arc::new(AtomicUsize::new(0));
    let (table, mut writer) = Table::new(InCells::new());
    let dense = Arc::new(writer.dense(KEYS as usize));
    let done = AtomicBool::new(false);
    let shared = AtomicUsize::new(0);
    let ready = Barrier::new(4);
    let at = AtomicUsize::new(0);
    thread::scope(|scope| {
        for thread in 0..3_u32 {
            let (table, dense) = (table.clone(), Arc::clone(&dense));
            let (done, shared, ready, at) = (&done, &shared, &ready, &at);
            scope.spawn(move || {
                // Held from one look-up to a later one.
                let mut held: Vec<Option<Arc<Canary>>> = vec![None; KEYS as usize];
                let mut taken = 0;
                ready.wait();
                let mut is_last = false;
                while !is_last {
                    // Once at least, when all are there again.
                    is_last = done.load(Ordering::Relaxed);
                    for key in 0..KEYS {
                        let found = if (key + thread) % 2 == 0 {
                            table.find(key / 2, |entry: &Canary| entry.key == key)
                        } else {
                            dense.find(key as usize)
                        };
                        let Some(found) = found else { continue };
                        found.check(key);
                        if taken % 64 == thread as usize {
                            // Long enough for the writer to free it if it could.
                            let until = at.load(Ordering::Relaxed) + 512;
                            while at.load(Ordering::Relaxed) < until
                                && !done.load(Ordering::Relaxed)
                            {
                                thread::yield_now();
                            }
                            found.check(key);
                        }
                        let share = found.share();
                        drop(found);
                        share.check(key);
                        taken += 1;
                        if let Some(old) = held[key as usize].replace(share) {
                            old.check(key);
                        }
                    }
                }
                shared.fetch_add(taken, Ordering::Relaxed);
            });
        }
        for key in 0..KEYS {
            let entry = Canary::new(key, &alive);
            writer.insert(Arc::clone(&entry));
            assert!(writer.set_dense(&dense, key as usize, &entry));
        }
        ready.wait();
        for round in 0..rounds {
            let key = round % KEYS;
            let removed = writer.remove(key / 2, |entry| entry.key == key);
            removed.expect("it was there").check(key);
            let entry = Canary::new(key, &alive);
            writer.insert(Arc::clone(&entry));
            if round % 3 != 0 {
                assert!(writer.set_dense(&dense, key as usize, &entry));
            }
            at.fetch_add(1, Ordering::Relaxed);
            if cfg!(miri) {
                thread::yield_now();
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(shared.into_inner() > 0);
    free_all(&mut writer);
    assert_eq!(alive.load(Ordering::Relaxed), KEYS as usize);
    drop((table, dense, writer));
    assert_eq!(alive.load(Ordering::Relaxed), 0, "no share is lost");
}

#[test]
fn a_series_that_is_removed_counts_every_record_of_whoever_shares_it() {
    let rounds: u64 = if cfg!(miri) { 10 } else { 1_000 };
    let (table, mut writer) = Table::new(InCells::new());
    let options = || Options {
        storage: Storage::PerThread,
        notify: None,
        key: Key {
            text: "key".into(),
            hash: 7,
            tag: 0,
        },
        ..Options::default()
    };
    let recorded = AtomicU64::new(0);
    let done = AtomicBool::new(false);
    let mut counted = 0;
    thread::scope(|scope| {
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let (table, done, recorded) = (table.clone(), &done, &recorded);
                scope.spawn(move || {
                    let mut own = 0;
                    while !done.load(Ordering::Relaxed) {
                        let Some(found) = table.find(7, |series: &Series| series.text() == "key")
                        else {
                            thread::yield_now();
                            continue;
                        };
                        let looked = CounterCell::on(Looked::found(found));
                        looked.inc_by(1);
                        let kept = looked.keep();
                        drop(looked);
                        kept.inc_by(2);
                        own += 3;
                    }
                    recorded.fetch_add(own, Ordering::Relaxed);
                })
            })
            .collect();
        for _ in 0..rounds {
            let counter = CounterCell::new(options()).expect("there is room");
            assert_eq!(counter.value(), 0, "the cells of one before begin at zero");
            writer.insert(counter.kept().share().expect("it is no no-op"));
            thread::yield_now();
            let removed = writer.remove(7, |_| true).expect("it is there");
            drop(counter);
            free_all(&mut writer);
            // Nobody looks any more; some may keep it.
            while Arc::strong_count(&removed) > 1 {
                thread::yield_now();
            }
            std::sync::atomic::fence(Ordering::Acquire);
            counted += CounterCell::on(Kept::new(removed)).value();
        }
        done.store(true, Ordering::Relaxed);
        for thread in threads {
            thread.join().expect("it does not panic");
        }
    });
    assert_eq!(counted, recorded.into_inner());
}
