//! The series of one family: found without a lock, listed for whoever reads.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

use dynamometer_cells::{Dense, InCells, Key, Series, Stretches, Table, Writer};

use crate::registry::column::Column;

/// The place of a series that was removed; none has so many before it.
const GONE: usize = u32::MAX as usize;

/// Series in all families of this process.
static SERIES: AtomicUsize = AtomicUsize::new(0);

/// The number of series in all families of this process.
pub(crate) fn series_in_process() -> usize {
    SERIES.load(Ordering::Relaxed)
}

/// True where the series was in a family and left it.
#[inline]
pub(crate) fn is_removed(series: &Series) -> bool {
    series.place() == GONE
}

/// Finds the series of one family without a lock.
pub(crate) type SeriesTable = Table<Series, InCells>;
/// Finds the series of one family by the number of their key.
pub(crate) type SeriesDense = Dense<Series, InCells>;

/// Series in a table, and in columns that a snapshot shares.
///
/// A change copies a column only while a snapshot of it is alive.
#[derive(Debug)]
pub(crate) struct Members {
    table: SeriesTable,
    writer: Writer<Series, InCells>,
    series: Arc<Column>,
    /// When each began, in seconds since the Unix epoch.
    created: Arc<Vec<f64>>,
    /// Where the cells of the series lie, once a snapshot wanted to know.
    stretches: Option<Arc<Stretches>>,
    has_dense: bool,
    /// Columns as they were when a snapshot shared them, while it is held.
    shared: Vec<Weak<Column>>,
}

impl Members {
    pub(crate) fn new() -> Self {
        let (table, writer) = Table::new(InCells::new());
        Self {
            table,
            writer,
            series: Arc::default(),
            created: Arc::default(),
            stretches: None,
            has_dense: false,
            shared: Vec::new(),
        }
    }

    pub(crate) fn table(&self) -> &SeriesTable {
        &self.table
    }

    pub(crate) fn series(&self) -> &Arc<Column> {
        &self.series
    }

    pub(crate) fn created(&self) -> &Arc<Vec<f64>> {
        &self.created
    }

    /// Where the cells of the series lie, if that was noted since the last removal.
    pub(crate) fn stretches(&self) -> Option<&Arc<Stretches>> {
        self.stretches.as_ref()
    }

    /// Notes where the cells of `series` lie, if those are still all there are.
    pub(crate) fn note_stretches(&mut self, series: &Arc<Column>, stretches: Arc<Stretches>) {
        if Arc::ptr_eq(series, &self.series) {
            self.stretches = Some(stretches);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.series.len()
    }

    pub(crate) fn find(&self, key: &Key) -> Option<Arc<Series>> {
        self.writer
            .get(key.hash, |series| series.text() == &*key.text)
    }

    /// Adds a series, whose key no other has.
    pub(crate) fn insert(&mut self, series: Arc<Series>, created: f64) {
        series.set_place(self.series.len());
        SERIES.fetch_add(1, Ordering::Relaxed);
        if let Some(stretches) = &mut self.stretches {
            Arc::make_mut(stretches).push(&series);
        }
        self.own_column().push(Arc::clone(&series));
        Arc::make_mut(&mut self.created).push(created);
        self.writer.insert(series);
    }

    /// Removes a series from table and columns; its place goes to the last one.
    pub(crate) fn remove(&mut self, series: &Arc<Series>) {
        self.unlink(series);
        if !self.lists(series) {
            return;
        }
        let place = series.place();
        SERIES.fetch_sub(1, Ordering::Relaxed);
        self.stretches = None;
        self.own_column().swap_remove(place);
        Arc::make_mut(&mut self.created).swap_remove(place);
        series.set_place(GONE);
        if let Some(moved) = self.series.get(place) {
            moved.set_place(place);
        }
    }

    /// The list of series, to be changed; copied where a snapshot shares it.
    fn own_column(&mut self) -> &mut Vec<Arc<Series>> {
        if Arc::strong_count(&self.series) > 1 {
            self.shared.retain(|column| column.strong_count() > 0);
            self.shared.push(Arc::downgrade(&self.series));
        }
        &mut Arc::make_mut(&mut self.series).0
    }

    /// Counts the shares that snapshots have in series through lists of their own.
    pub(crate) fn held(&self) -> Held {
        let columns: Vec<_> = self.shared.iter().filter_map(Weak::upgrade).collect();
        let mut shares = HashMap::new();
        for series in columns.iter().flat_map(|column| column.iter()) {
            *shares.entry(Arc::as_ptr(series).addr()).or_default() += 1;
        }
        Held {
            shares,
            _columns: columns,
        }
    }

    /// True where the series was not removed.
    pub(crate) fn lists(&self, series: &Arc<Series>) -> bool {
        let known = self.series.get(series.place());
        known.is_some_and(|known| Arc::ptr_eq(known, series))
    }

    /// Hides a series from look-ups; it stays listed.
    pub(crate) fn unlink(&mut self, series: &Arc<Series>) {
        let removed = self.writer.remove(series.hash(), |known| {
            std::ptr::eq(known, &raw const **series)
        });
        drop(removed);
    }

    /// Lets look-ups find a series again.
    pub(crate) fn link(&mut self, series: Arc<Series>) {
        self.writer.insert(series);
    }

    /// Frees what was removed; false where look-ups may still see some of it.
    pub(crate) fn free(&mut self) -> bool {
        // Twice: what was unlinked since the last batch is closed by the first.
        self.writer.free();
        self.writer.free();
        self.writer.unfreed() == 0
    }

    /// Makes a way to find series by number.
    pub(crate) fn dense(&mut self, numbers: usize) -> SeriesDense {
        self.has_dense |= numbers > 0;
        self.writer.dense(numbers)
    }

    /// True where series were ever found by number.
    pub(crate) fn has_dense(&self) -> bool {
        self.has_dense
    }

    pub(crate) fn set_dense(&self, dense: &SeriesDense, number: usize, series: &Arc<Series>) {
        self.writer.set_dense(dense, number, series);
    }
}

/// How many lists of snapshots share each series. They are kept while this lives,
/// so that the numbers stay true.
pub(crate) struct Held {
    /// By the address of the series.
    shares: HashMap<usize, usize>,
    _columns: Vec<Arc<Column>>,
}

impl Held {
    /// True where nobody has a share in `series` but snapshots, and two others:
    /// the family's list, and the table or who asks.
    pub(crate) fn is_unkept(&self, series: &Arc<Series>) -> bool {
        let held = self.shares.get(&Arc::as_ptr(series).addr());
        Arc::strong_count(series) == 2 + held.copied().unwrap_or(0)
    }
}

impl Drop for Members {
    fn drop(&mut self) {
        SERIES.fetch_sub(self.len(), Ordering::Relaxed);
    }
}
