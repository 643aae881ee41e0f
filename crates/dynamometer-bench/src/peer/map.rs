//! Maps that could hold the series of a family.

use std::hash::{BuildHasher as _, Hasher as _};
use std::hint::black_box;

use std::sync::Arc;

use dynamometer_cells::{CounterCell, Hashed, InCells, Options, Table};
use foldhash::fast::FixedState;
use parking_lot::RwLock;

use crate::harness::{Entrant, Loop, Role, over_keys};
use crate::key::{self, Pair as Key};

/// A key that borrows what the caller has.
#[derive(Hash, PartialEq, Eq)]
struct Pair<'a>(&'a str, &'a str);

impl hashbrown::Equivalent<Key> for Pair<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        key.0 == self.0 && key.1 == self.1
    }
}

/// What the engine's table holds here.
struct Entry {
    hash: u32,
    key: Key,
    cell: CounterCell,
}

impl Hashed for Entry {
    fn hash(&self) -> u32 {
        self.hash
    }
}

/// Returns the hashing alone, which every map pays.
pub(crate) fn hashing() -> Entrant {
    Entrant::new(
        "loop",
        "hash two labels",
        over_keys(hasher(), key::texts(), |hasher, (model, path)| {
            black_box(hash(hasher, model, path));
        }),
    )
    .role(Role::Floor)
}

/// Returns the engine's series table.
pub(crate) fn table() -> Entrant {
    let (table, mut writer) = Table::new(InCells::new());
    let hasher = hasher();
    let series = series();
    for (key, cell) in &series {
        writer.insert(Arc::new(Entry {
            hash: hash(&hasher, &key.0, &key.1) as u32,
            key: key.clone(),
            cell: cell.clone(),
        }));
    }
    let run = over_keys((table, hasher), key::texts(), |(table, hasher), key| {
        let hash = hash(hasher, &key.0, &key.1) as u32;
        let is_wanted = |entry: &Entry| entry.key == *key;
        if let Some(entry) = table.find(hash, is_wanted) {
            entry.cell.inc_by(1);
        }
    });
    counted("dynamometer", "Table", run, series).role(Role::Ours)
}

/// Returns papaya's concurrent map, pinned for each look-up.
pub(crate) fn papaya() -> Entrant {
    let map = papaya::HashMap::with_hasher(hasher());
    let series = series();
    for (key, cell) in &series {
        map.pin().insert(key.clone(), cell.clone());
    }
    let run = over_keys(map, key::texts(), |map, (model, path)| {
        if let Some(cell) = map.pin().get(&Pair(model, path)) {
            cell.inc_by(1);
        }
    });
    counted("papaya", "HashMap", run, series)
}

/// Returns a map under a reader-writer lock.
pub(crate) fn locked() -> Entrant {
    let series = series();
    let mut map = hashbrown::HashMap::with_hasher(hasher());
    map.extend(series.iter().cloned());
    let map = RwLock::new(map);
    let run = over_keys(map, key::texts(), |map, (model, path)| {
        if let Some(cell) = map.read().get(&Pair(model, path)) {
            cell.inc_by(1);
        }
    });
    counted("hashbrown", "RwLock<HashMap>", run, series)
}

fn counted(
    library: &'static str,
    form: &'static str,
    run: Loop,
    series: Vec<(Key, CounterCell)>,
) -> Entrant {
    let read = move || series.iter().map(|(_, cell)| cell.value() as f64).sum();
    Entrant::new(library, form, run).adds(1.0, read)
}

fn hasher() -> FixedState {
    FixedState::with_seed(0)
}

fn hash(hasher: &FixedState, model: &str, path: &str) -> u64 {
    let mut state = hasher.build_hasher();
    state.write(model.as_bytes());
    // What no UTF-8 text holds keeps ("ab", "c") and ("a", "bc") apart.
    state.write_u8(0xff);
    state.write(path.as_bytes());
    state.finish()
}

fn series() -> Vec<(Key, CounterCell)> {
    let cell = || CounterCell::new(Options::default()).expect("a process has cells");
    key::texts().map(|key| (key, cell())).into()
}
