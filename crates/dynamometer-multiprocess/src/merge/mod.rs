//! Several files as one page.

mod cell;
mod draft;
mod parts;

use std::collections::HashMap;
use std::mem;

use dynamometer_exposition::Snapshot;
use foldhash::fast::RandomState;

use crate::entries::Entries;
use crate::fault::Fault;
use crate::file_name::{FileName, Store};
use crate::left_out::{LeftOut, Reason};
use crate::merge::cell::Cell;
use crate::merge::draft::Draft;
use crate::mode::Mode;
use crate::series::Key;

/// Keys that were read before, and where their values go; `None` for those that
/// are left out.
type Known = HashMap<Box<[u8]>, Option<usize>, RandomState>;

/// Files of several processes, put together one after the other.
///
/// The order of files is that of sums of floats, and of series that share a
/// timestamp: the first one is kept. So is the first of two metrics of one name
/// that differ in type or mode, and the first help text.
#[derive(Debug, Default)]
pub struct Merge {
    families: Vec<Draft>,
    by_name: HashMap<String, usize, RandomState>,
    known: HashMap<Store, Known, RandomState>,
    cells: Vec<Cell>,
    left_out: Vec<LeftOut>,
}

impl Merge {
    /// No file yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file of this name, without folders, whose content begins with `bytes`.
    ///
    /// What is behind the bytes in use need not be there.
    ///
    /// # Errors
    ///
    /// What is wrong with the file. Then nothing of it was added.
    ///
    /// # Cost
    ///
    /// A look-up for each value; JSON is read where a key was in no file before, and
    /// for gauges that each process has for itself.
    pub fn add(&mut self, file_name: &str, bytes: &[u8]) -> Result<(), Fault> {
        let FileName { store, process } = FileName::parse(file_name).ok_or(Fault::Name)?;
        let entries = Entries::new(bytes)?;
        // All of a file, or nothing.
        entries.clone().try_for_each(|entry| entry.map(drop))?;
        let process = (store == Store::Gauge(Mode::All)).then_some(process);
        // A series of one process is in no other file.
        let shared = process.is_none().then(|| self.known.remove(&store));
        let mut known = shared.flatten().unwrap_or_default();
        for entry in entries {
            let entry = entry?;
            let place = if let Some(place) = known.get(entry.key) {
                *place
            } else {
                let place = self.place(entry.key, store, process);
                known.insert(entry.key.into(), place);
                place
            };
            if let Some(cell) = place.and_then(|place| self.cells.get_mut(place)) {
                cell.add(store, entry.value, entry.timestamp);
            }
        }
        if process.is_none() {
            self.known.insert(store, known);
        }
        Ok(())
    }

    /// The cell of a key that no file had before.
    fn place(&mut self, json: &[u8], store: Store, process: Option<&str>) -> Option<usize> {
        let Some(key) = Key::read(json, store, process) else {
            let what = String::from_utf8_lossy(json).into_owned();
            let reason = Reason::Key;
            self.left_out.push(LeftOut { what, reason });
            return None;
        };
        let at = if let Some(at) = self.by_name.get(&key.metric) {
            *at
        } else {
            self.families.push(Draft::new(&key, store));
            self.by_name
                .insert(key.metric.clone(), self.families.len() - 1);
            self.families.len() - 1
        };
        let family = &mut self.families[at];
        if family.store() != store {
            let (what, reason) = (key.metric, Reason::Clash);
            self.left_out.push(LeftOut { what, reason });
            return None;
        }
        Some(family.place(key, &mut self.cells))
    }

    /// The page of all files, and what of them is not on it, each kind of entry once.
    ///
    /// It was not [checked](Snapshot::check): names are those that the files have.
    pub fn finish(mut self) -> (Snapshot, Vec<LeftOut>) {
        let families = mem::take(&mut self.families);
        let families = families.into_iter();
        let snapshot = families.map(|draft| draft.finish(&self.cells, &mut self.left_out));
        (snapshot.collect(), self.left_out)
    }
}
