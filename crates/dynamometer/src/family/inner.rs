//! Looking a series up, and making it where there is none.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

#[cfg(feature = "libnv")]
use dynamometer_cells::Options;
use dynamometer_cells::{Found, InCells, Looked, Series};

use crate::error::{Error, ErrorKind};
use crate::handle::{Context, Counter, detached_series};
use crate::registry::{Instrument, Registry, RemoteFamily, Schema, SeriesDense, SeriesTable};
use crate::scope::Created;
use crate::self_metrics::{overflow_counter, report};

/// A series that was found in its table.
type Hit<'t> = Found<'t, Series, InCells>;

/// A family seen from one scope, with the names of its labels.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) registry: Arc<Registry>,
    /// The family's name as exposed.
    pub(crate) name: Arc<str>,
    pub(crate) instrument: Instrument,
    pub(crate) schema: Schema,
    pub(crate) context: Context,
    pub(crate) table: SeriesTable,
    /// Series by the number of their key, where all keys are known.
    pub(crate) dense: SeriesDense,
    /// There is no room for another series.
    pub(crate) is_full: Arc<AtomicBool>,
    /// Where series that are too many are counted, once there were any.
    pub(crate) overflow: OnceLock<(Arc<Series>, Counter)>,
    /// Where records go whose labels are wrong.
    pub(crate) nowhere: OnceLock<Option<Arc<Series>>>,
    pub(crate) created: Option<Arc<Created>>,
    /// The family where series are kept, if that is not here.
    pub(crate) remote: RemoteFamily,
}

impl Inner {
    /// Finds the series with these values.
    #[inline(always)]
    pub(crate) fn find<V: AsRef<str>>(&self, values: &[V]) -> Option<Looked<'_>> {
        if !self.schema.fits(values) {
            return None;
        }
        // Where the caller wrote an array, one of these is chosen at compile time;
        // with its loops unrolled it takes two thirds of the time.
        let found = match values.len() {
            1 => self.find_array::<V, 1>(values.first_chunk()?),
            2 => self.find_array::<V, 2>(values.first_chunk()?),
            3 => self.find_array::<V, 3>(values.first_chunk()?),
            4 => self.find_array::<V, 4>(values.first_chunk()?),
            _ => self.find_slice(values),
        };
        found.map(Looked::found)
    }

    #[inline(never)]
    fn find_array<V: AsRef<str>, const N: usize>(&self, values: &[V; N]) -> Option<Hit<'_>> {
        let values = values.each_ref().map(AsRef::as_ref);
        let labels = self.schema.labels().first_chunk::<N>()?;
        let hash = self.schema.hash(labels, &values);
        self.table
            .find(hash, |series| self.schema.matches(series, labels, &values))
    }

    #[inline(never)]
    fn find_slice<V: AsRef<str>>(&self, values: &[V]) -> Option<Hit<'_>> {
        let labels = self.schema.labels();
        let hash = self.schema.hash(labels, values);
        self.table
            .find(hash, |series| self.schema.matches(series, labels, values))
    }

    /// Makes the series with these values.
    #[cold]
    pub(crate) fn make<V: AsRef<str>>(&self, values: &[V]) -> Result<Looked<'_>, Error> {
        if !self.schema.fits(values) {
            return Err(self.wrong_count(values.len()));
        }
        if let Some(overflow) = self.overflow() {
            return Ok(Looked::lent(overflow));
        }
        Ok(Looked::kept(Some(self.create(values)?.0)))
    }

    /// The series for all that are too many, where there is no room for another.
    ///
    /// A flood of new label values takes no lock, and no share in that series.
    fn overflow(&self) -> Option<&Arc<Series>> {
        if !self.is_full.load(Ordering::Relaxed) {
            return None;
        }
        let (series, counter) = self.overflow.get()?;
        counter.inc();
        Some(series)
    }

    /// True for the series of all that are too many, once this view was given it.
    pub(crate) fn is_overflow(&self, series: &Series) -> bool {
        let overflow = self.overflow.get();
        overflow.is_some_and(|(overflow, _)| std::ptr::eq(&raw const **overflow, series))
    }

    /// Finds the series of the key with this number.
    #[inline(always)]
    pub(crate) fn find_dense(&self, number: usize) -> Option<Looked<'_>> {
        self.dense.find(number).map(Looked::found)
    }

    /// Makes the series of the key with this number.
    #[cold]
    pub(crate) fn create_dense(&self, number: usize, values: &[&str]) -> Result<Looked<'_>, Error> {
        if !self.schema.fits(values) {
            return Err(self.wrong_count(values.len()));
        }
        if let Some(overflow) = self.overflow() {
            return Ok(Looked::lent(overflow));
        }
        let (series, is_own) = self.create(values)?;
        if is_own {
            self.registry.with_family(&self.name, |family| {
                family.members.set_dense(&self.dense, number, &series);
            });
        }
        Ok(Looked::kept(Some(series)))
    }

    /// Finds or makes a series under the lock; false for the overflow series.
    #[cold]
    fn create<V: AsRef<str>>(&self, values: &[V]) -> Result<(Arc<Series>, bool), Error> {
        let key = self.schema.key(values);
        let grant = self.remote.grant(values)?;
        let (series, origin) = self.registry.series(&self.name, key, &self.schema, grant)?;
        if origin.is_new()
            && let Some(created) = &self.created
        {
            created.note(Arc::clone(&self.name), &series);
        }
        if origin.is_overflow() {
            let counter = || (Arc::clone(&series), overflow_counter(&self.name));
            self.overflow.get_or_init(counter).1.inc();
        }
        Ok((series, !origin.is_overflow()))
    }

    /// Finds or makes a series of which these cells are part.
    #[cfg(feature = "libnv")]
    pub(crate) fn adopt(
        &self,
        values: &[&str],
        cells: dynamometer_libnv::host::Adopted,
    ) -> Result<Arc<Series>, Error> {
        if !self.schema.fits(values) {
            return Err(self.wrong_count(values.len()));
        }
        let key = self.schema.key(values);
        let layout = &self.context.layout;
        let over = Box::new(|options: Options| match cells.over(options) {
            Ok(over) => over,
            Err(options) => self.instrument.series(layout, options),
        });
        let (series, origin) = self
            .registry
            .series_over(&self.name, key, &self.schema, over)?;
        if origin.is_new()
            && let Some(created) = &self.created
        {
            created.note(Arc::clone(&self.name), &series);
        }
        if origin.is_overflow() {
            overflow_counter(&self.name).inc();
        }
        cells.join(&series);
        Ok(series)
    }

    #[cold]
    fn wrong_count(&self, given: usize) -> Error {
        let names = self.schema.names();
        let message = format!(
            "{:?} has {} labels, {names:?}, and was given {given} values",
            self.name,
            names.len()
        );
        Error::new(ErrorKind::LabelCount, message)
    }

    /// Reports a look-up that went wrong; its records are counted nowhere.
    #[cold]
    pub(crate) fn detached(&self, error: &Error) -> Looked<'_> {
        report(&self.name, error);
        let series = self
            .nowhere
            .get_or_init(|| detached_series(self.instrument, &self.context.layout));
        Looked::kept(series.clone())
    }

    /// Removes the series with these values; false where there is none.
    pub(crate) fn remove<V: AsRef<str>>(&self, values: &[V]) -> bool {
        if !self.schema.fits(values) {
            return false;
        }
        let key = self.schema.key(values);
        let removed = self.registry.with_family(&self.name, |family| {
            let series = family.find(&key);
            series.inspect(|series| family.remove(series))
        });
        removed.flatten().is_some()
    }
}
