//! The series of one family: found without a lock, listed for whoever reads.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dynamometer_cells::{Dense, InCells, Key, Series, Table, Writer};

/// Series in all families of this process.
static SERIES: AtomicUsize = AtomicUsize::new(0);

/// The number of series in all families of this process.
pub(crate) fn series_in_process() -> usize {
    SERIES.load(Ordering::Relaxed)
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
    series: Arc<Vec<Arc<Series>>>,
    /// When each began, in seconds since the Unix epoch.
    created: Arc<Vec<f64>>,
    has_dense: bool,
}

impl Members {
    pub(crate) fn new() -> Self {
        let (table, writer) = Table::new(InCells::new());
        Self {
            table,
            writer,
            series: Arc::default(),
            created: Arc::default(),
            has_dense: false,
        }
    }

    pub(crate) fn table(&self) -> &SeriesTable {
        &self.table
    }

    pub(crate) fn series(&self) -> &Arc<Vec<Arc<Series>>> {
        &self.series
    }

    pub(crate) fn created(&self) -> &Arc<Vec<f64>> {
        &self.created
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
        Arc::make_mut(&mut self.series).push(Arc::clone(&series));
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
        Arc::make_mut(&mut self.series).swap_remove(place);
        Arc::make_mut(&mut self.created).swap_remove(place);
        if let Some(moved) = self.series.get(place) {
            moved.set_place(place);
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
        self.has_dense = true;
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

impl Drop for Members {
    fn drop(&mut self) {
        SERIES.fetch_sub(self.len(), Ordering::Relaxed);
    }
}
