//! A family, and how its series are looked up.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use dynamometer_cells::{Keep as _, Looked};

use crate::error::Error;
use crate::family::{Inner, Owned};
use crate::handle::Handle;
use crate::labels::Labels;

/// Keys that are lists of texts, one for each label name.
#[derive(Clone, Copy, Debug)]
pub enum Names {}

/// A family whose series are looked up by their label values, and made where
/// there is none.
///
/// Clones are the same family. It holds its series: they stay when no handle is
/// left, until they are removed. A look-up takes no lock, and its result is for a
/// record or two; [`keep`](crate::Counter::keep) gives a handle to store.
///
/// ```
/// use dynamometer::Container;
///
/// let container = Container::new("app");
/// let requests = container
///     .counter("requests_total")
///     .help("Requests handled.")
///     .vec(&["method", "status"]);
/// requests.with_label_values(&["GET", "200"]).inc();
///
/// let posts = requests.with_label_values(&["POST", "200"]).keep();
/// posts.inc_by(2);
/// assert!(container.export_prometheus().contains(
///     r#"app_requests_total{method="POST",status="200"} 2"#
/// ));
/// ```
///
/// With `L`, a type that implements [`Labels`], keys are typed: see
/// [`with`](Self::with).
///
/// A family has a limit to its series. Beyond it look-ups give one series with
/// the label `overflow="true"`, and are counted in
/// `dynamometer_cardinality_overflow_total{family}`.
///
/// # Cost
///
/// A look-up by two texts with the record: about 15 ns, with any number of threads.
/// By a key whose labels are all closed lists, up to 1024 keys: 3 to 4. A new
/// series takes a lock, and about half a microsecond. Values with quotes,
/// backslashes or line feeds take a slower way.
pub struct MetricVec<H: Handle, L = Names> {
    pub(crate) inner: Arc<Inner>,
    kind: PhantomData<fn() -> (H, L)>,
}

impl<H: Handle, L> MetricVec<H, L> {
    pub(crate) fn new(inner: Inner) -> Self {
        Self {
            inner: Arc::new(inner),
            kind: PhantomData,
        }
    }

    /// The family's name, as exposed.
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// The names of the labels that are looked up, in the order of the values.
    pub fn label_names(&self) -> impl Iterator<Item = &str> {
        self.inner.schema.names().iter().map(|name| &**name)
    }

    /// Removes all series of the family, those of other scopes too.
    ///
    /// Handles that are left record on, and nobody sees it.
    pub fn clear(&self) {
        let inner = &self.inner;
        inner
            .registry
            .with_family(&inner.name, crate::registry::Family::clear);
    }
}

impl<H: Handle> MetricVec<H> {
    /// Returns the series with these values, one for each label name.
    ///
    /// It never fails: with too few or too many values it returns a handle that
    /// is in no container, logs once, and counts
    /// `dynamometer_registration_errors_total{reason="label_count"}`.
    #[inline]
    pub fn with_label_values<V: AsRef<str>>(&self, values: &[V]) -> H::Looked<'_> {
        // Each way with its own end: the hot one needs no test of what it found.
        match self.inner.find(values) {
            Some(found) => H::looked(found, &self.inner.context),
            None => H::looked(self.make(values), &self.inner.context),
        }
    }

    #[cold]
    #[inline(never)]
    fn make<V: AsRef<str>>(&self, values: &[V]) -> Looked<'_> {
        let made = self.inner.make(values);
        made.unwrap_or_else(|error| self.inner.detached(&error))
    }

    /// Returns the series with these values, or why there can be none.
    ///
    /// # Errors
    ///
    /// [`LabelCount`](crate::ErrorKind::LabelCount) for too few or too many
    /// values; [`Exhausted`](crate::ErrorKind::Exhausted) where the process has no
    /// cells left, not even for one series for all the rest.
    pub fn try_with_label_values<V: AsRef<str>>(
        &self,
        values: &[V],
    ) -> Result<H::Looked<'_>, Error> {
        let inner = &*self.inner;
        let looked = match inner.find(values) {
            Some(found) => found,
            None => inner.make(values)?,
        };
        Ok(H::looked(looked, &inner.context))
    }

    /// Returns the series with these values as a handle that removes it when it
    /// is dropped.
    pub fn owned<V: AsRef<str>>(&self, values: &[V]) -> Owned<H> {
        let looked = self.inner.find(values);
        let looked = looked.unwrap_or_else(|| self.make(values));
        Owned::new(&self.inner, looked.share())
    }

    /// Removes the series with these values; false where there is none.
    ///
    /// The next look-up makes a new one, from 0. Handles that are left record on,
    /// and nobody sees it.
    pub fn remove<V: AsRef<str>>(&self, values: &[V]) -> bool {
        self.inner.remove(values)
    }
}

impl<H: Handle, L: Labels> MetricVec<H, L> {
    /// Returns the series with this key.
    ///
    /// Where all labels of the key are closed lists, as enums and `bool` are, and
    /// there are up to 1024 keys, its series is found by a number, without hashing
    /// or comparing, and all series are there from the start, at 0 (those of an
    /// [`Info`](crate::Info) are not: they would state what nobody said).
    ///
    /// ```
    /// use dynamometer::{Container, CounterVec, Labels};
    ///
    /// #[derive(Labels)]
    /// enum Status {
    ///     Success,
    ///     Error,
    /// }
    ///
    /// #[derive(Labels)]
    /// struct Request {
    ///     status: Status,
    ///     streaming: bool,
    /// }
    ///
    /// let container = Container::new("app");
    /// let requests: CounterVec<Request> = container.counter("requests_total").keyed();
    /// requests.with(&Request { status: Status::Success, streaming: true }).inc();
    /// let page = container.export_prometheus();
    /// assert!(page.contains(r#"app_requests_total{status="success",streaming="true"} 1"#));
    /// assert!(page.contains(r#"app_requests_total{status="error",streaming="false"} 0"#));
    /// ```
    #[inline]
    pub fn with(&self, key: &L) -> H::Looked<'_> {
        match self.inner.find_dense(key.index()) {
            Some(found) => H::looked(found, &self.inner.context),
            None => H::looked(self.find(key), &self.inner.context),
        }
    }

    /// Returns the series with this key, or why there can be none.
    ///
    /// # Errors
    ///
    /// As for [`try_with_label_values`](MetricVec::try_with_label_values); the
    /// number of values is wrong only where [`Labels`] is implemented wrongly.
    pub fn try_with(&self, key: &L) -> Result<H::Looked<'_>, Error> {
        let inner = &*self.inner;
        let looked = match inner.find_dense(key.index()) {
            Some(found) => found,
            None => self.try_find(key)?,
        };
        Ok(H::looked(looked, &inner.context))
    }

    /// Returns the series with this key as a handle that removes it when it is
    /// dropped.
    pub fn owned(&self, key: &L) -> Owned<H> {
        Owned::new(&self.inner, self.find(key).share())
    }

    /// Removes the series with this key; false where there is none.
    pub fn remove(&self, key: &L) -> bool {
        key.with_values(|values| self.inner.remove(values))
    }

    /// Finds or makes the series of a key that was not found by its number.
    #[inline]
    fn find(&self, key: &L) -> Looked<'_> {
        key.with_values(|values| {
            if let Some(found) = self.look_up(values) {
                return found;
            }
            let made = self.make_keyed(key.index(), values);
            made.unwrap_or_else(|error| self.inner.detached(&error))
        })
    }

    fn try_find(&self, key: &L) -> Result<Looked<'_>, Error> {
        key.with_values(|values| match self.look_up(values) {
            Some(found) => Ok(found),
            None => self.make_keyed(key.index(), values),
        })
    }

    /// What has a number is found by it, or is not there.
    #[inline]
    fn look_up(&self, values: &[&str]) -> Option<Looked<'_>> {
        if self.inner.dense.is_empty() {
            self.inner.find(values)
        } else {
            None
        }
    }

    #[cold]
    fn make_keyed(&self, number: usize, values: &[&str]) -> Result<Looked<'_>, Error> {
        if self.inner.dense.is_empty() {
            return self.inner.make(values);
        }
        self.inner.create_dense(number, values)
    }
}

impl<H: Handle, L> Clone for MetricVec<H, L> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            kind: PhantomData,
        }
    }
}

impl<H: Handle, L> fmt::Debug for MetricVec<H, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MetricVec")
            .field("name", &self.inner.name)
            .field("labels", &self.inner.schema.names())
            .finish_non_exhaustive()
    }
}
