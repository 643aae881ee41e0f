//! Declaring a metric step by step.

use std::marker::PhantomData;
use std::time::Duration;

use dynamometer_cells::{ExponentialLayout, Storage};
use dynamometer_exposition::Unit;

use crate::container::Container;
use crate::detached;
use crate::error::Error;
use crate::family::{MetricVec, Owned};
use crate::handle::{
    Counter, ExponentialHistogram, FloatCounter, Gauge, Handle, Histogram, Info, StateSet,
    UpDownCounter,
};
use crate::labels::Labels;
use crate::registration::Declared;

/// Declares a [`Counter`].
pub type CounterBuilder<'a> = Builder<'a, Counter>;
/// Declares a [`FloatCounter`].
pub type FloatCounterBuilder<'a> = Builder<'a, FloatCounter>;
/// Declares an [`UpDownCounter`].
pub type UpDownCounterBuilder<'a> = Builder<'a, UpDownCounter>;
/// Declares a [`Gauge`].
pub type GaugeBuilder<'a> = Builder<'a, Gauge>;
/// Declares a [`Histogram`]; without [`buckets`](Builder::buckets) it has
/// [`DEFAULT_BUCKETS`](crate::DEFAULT_BUCKETS).
pub type HistogramBuilder<'a> = Builder<'a, Histogram>;

/// Declares an [`ExponentialHistogram`].
pub type ExponentialHistogramBuilder<'a> = Builder<'a, ExponentialHistogram>;
/// Declares an [`Info`].
pub type InfoBuilder<'a> = Builder<'a, Info>;

/// Declares a [`StateSet`].
pub type StateSetBuilder<'a> = Builder<'a, StateSet>;

/// Declares a metric of one kind: a single series, or a family of them.
///
/// [`build`](Self::build) ends with one series, [`vec`](Self::vec) and
/// [`keyed`](Self::keyed) with a family. Each has a `try_` twin that returns what
/// is wrong instead of a handle that nobody sees.
#[derive(Clone, Debug)]
#[must_use = "nothing is registered before `build`, `vec` or `keyed`"]
pub struct Builder<'a, H: Handle> {
    container: &'a Container,
    declared: Declared<'a>,
    kind: PhantomData<fn() -> H>,
}

impl<'a, H: Handle> Builder<'a, H> {
    pub(crate) fn new(container: &'a Container, name: &'a str) -> Self {
        let declared = Declared {
            name,
            ..Declared::default()
        };
        Self::of(container, declared)
    }

    /// Begins with all that was declared elsewhere.
    pub(crate) fn of(container: &'a Container, declared: Declared<'a>) -> Self {
        Self {
            container,
            declared,
            kind: PhantomData,
        }
    }

    /// Sets the help text: one sentence for whoever reads the page.
    pub fn help(mut self, help: &'a str) -> Self {
        self.declared.help = help;
        self
    }

    /// Sets the unit, and makes the name end in it.
    ///
    /// An info and a state set have none, and are refused with one.
    pub fn unit(mut self, unit: Unit) -> Self {
        self.declared.unit = Some(unit);
        self
    }

    /// Adds one constant label.
    pub fn label(mut self, name: &'a str, value: &'a str) -> Self {
        self.declared.labels.push((name, value));
        self
    }

    /// Adds constant labels.
    pub fn labels(mut self, labels: &[(&'a str, &'a str)]) -> Self {
        self.declared.labels.extend_from_slice(labels);
        self
    }

    /// Exposes the family under a further name, with the same values.
    ///
    /// The name gets the same prefix and unit.
    pub fn alias(mut self, name: &'a str) -> Self {
        self.declared.aliases.push(name);
        self
    }

    /// Sets how many series the family may have; a million where nobody says.
    ///
    /// Those that are too many are counted in one series with the label
    /// `overflow="true"`. The last declaration that sets it counts.
    pub fn limit(mut self, series: usize) -> Self {
        self.declared.options.limit = Some(series);
        self
    }

    /// Removes series whose value stood still for this long.
    ///
    /// Judged when the container is read, by its clock: time begins with the first
    /// read that sees the value. Then one read hides the series from look-ups, and
    /// one after that removes it. It stays as long as a handle on it is kept, or an
    /// up-down counter is not at 0. Nothing that was recorded is missed: a
    /// series that is recorded to while it is being removed stays.
    pub fn expire_after(mut self, idle: Duration) -> Self {
        self.declared.options.expire_after = Some(idle);
        self
    }

    /// Keeps one set of cells for all threads, for families of very many series.
    ///
    /// A record is an atomic add then, and memory does not grow with the number
    /// of threads.
    pub fn shared_cells(mut self) -> Self {
        self.declared.options.storage = Some(Storage::Shared);
        self
    }

    /// Lets series keep exemplars, which are given by methods of their own.
    ///
    /// A counter keeps one, a histogram one for each bucket; each takes 184 bytes.
    /// Series that are there already keep none.
    pub fn exemplars(mut self) -> Self {
        self.declared.options.exemplars = true;
        self
    }

    /// Returns the handle; on a mistake, one that is in no container.
    ///
    /// The mistake is logged once and counted in
    /// `dynamometer_registration_errors_total{reason}`.
    pub fn build(self) -> H {
        let (container, declared) = (self.container, &self.declared);
        let handle = container.register(declared);
        handle.unwrap_or_else(|error| detached::handle(container, declared, &error))
    }

    /// Returns the handle, or why it can not be registered.
    ///
    /// Asking twice for the same series returns the same cells.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`](crate::ErrorKind) but `Backend`; the kinds for buckets are
    /// for histograms only, those for states for state sets.
    pub fn try_build(self) -> Result<H, Error> {
        self.container.register(&self.declared)
    }

    /// Returns a family whose series are looked up by the values of these labels.
    ///
    /// On a mistake it is in no container; see [`build`](Self::build).
    pub fn vec(self, label_names: &[&str]) -> MetricVec<H> {
        let declared = &self.declared;
        let family = self.container.register_family(declared, label_names);
        family.unwrap_or_else(|error| detached::family(label_names.len(), declared, &error))
    }

    /// Returns a family whose series are looked up by the values of these labels,
    /// or why it can not be registered.
    ///
    /// # Errors
    ///
    /// As for [`try_build`](Self::try_build).
    pub fn try_vec(self, label_names: &[&str]) -> Result<MetricVec<H>, Error> {
        self.container.register_family(&self.declared, label_names)
    }

    /// Returns a family whose series are looked up by a typed key.
    ///
    /// On a mistake it is in no container; see [`build`](Self::build).
    pub fn keyed<L: Labels>(self) -> MetricVec<H, L> {
        let declared = &self.declared;
        let family = self.container.register_keyed(declared);
        family.unwrap_or_else(|error| detached::family(L::NAMES.len(), declared, &error))
    }

    /// Returns a family whose series are looked up by a typed key, or why it can
    /// not be registered.
    ///
    /// # Errors
    ///
    /// As for [`try_build`](Self::try_build).
    pub fn try_keyed<L: Labels>(self) -> Result<MetricVec<H, L>, Error> {
        self.container.register_keyed(&self.declared)
    }

    /// Returns a handle that removes its series when it is dropped.
    pub fn owned(self) -> Owned<H> {
        self.vec(&[]).owned(&[] as &[&str])
    }
}

impl<'a> Builder<'a, Histogram> {
    /// Sets the upper bounds: finite, increasing, without `+Inf`.
    pub fn buckets(mut self, buckets: &'a [f64]) -> Self {
        self.declared.buckets = buckets;
        self
    }
}

impl Builder<'_, ExponentialHistogram> {
    /// Sets resolution and range, and whether negative values have buckets.
    pub fn layout(mut self, layout: ExponentialLayout) -> Self {
        self.declared.exponential = layout;
        self
    }
}

impl<'a> Builder<'a, StateSet> {
    /// Sets the states: 1 to 64, each once and none empty.
    pub fn states(mut self, states: &'a [&'a str]) -> Self {
        self.declared.states = states;
        self
    }
}
