//! The kinds of instrument, and families of any of them.

use std::sync::Arc;

use dynamometer::binding::{self, Cells, Member};
use dynamometer::{
    Counter, Error, ExponentialHistogram, FloatCounter, Gauge, Histogram, Info, MetricVec,
    StateSet, UpDownCounter,
};
use dynamometer_cells::{Keep as _, Series};
use pyo3::prelude::*;

use crate::error::from_facade;
use crate::instrument::{
    Described, PyCounter, PyExponentialHistogram, PyFloatCounter, PyGauge, PyHistogram, PyInfo,
    PyStateSet, PyUpDownCounter,
};

/// A kind of handle that Python has a class for.
pub(crate) trait Kind: Cells {
    /// The name of the class.
    const CLASS: &'static str;

    /// The handle as an object of that class.
    fn into_object(self, py: Python<'_>, of: &Arc<Described>) -> PyResult<Py<PyAny>>;
}

/// Says which class each kind of handle is in Python.
macro_rules! kinds {
    ($($handle:ident, $class:ident;)*) => {$(
        impl Kind for $handle {
            const CLASS: &'static str = stringify!($handle);

            fn into_object(self, py: Python<'_>, of: &Arc<Described>) -> PyResult<Py<PyAny>> {
                let of = Arc::clone(of);
                Ok(Py::new(py, $class { handle: self, of })?.into_any())
            }
        }
    )*};
}

kinds! {
    Counter, PyCounter;
    FloatCounter, PyFloatCounter;
    UpDownCounter, PyUpDownCounter;
    Gauge, PyGauge;
    Histogram, PyHistogram;
    ExponentialHistogram, PyExponentialHistogram;
    Info, PyInfo;
    StateSet, PyStateSet;
}

/// An object for a series.
pub(crate) struct Child {
    pub(crate) object: Py<PyAny>,
    /// Where the series lies: the object has a share in it.
    pub(crate) series: *const Series,
    /// False for the series that stands for all that are too many.
    pub(crate) is_own: bool,
}

/// A family of whichever kind.
pub(crate) trait Members: Send + Sync {
    /// Where the series with these values lies; `None` where there is none yet.
    fn find(&self, values: &[&str]) -> Option<*const Series>;

    /// An object for the series with these values, which is made where there is none.
    fn make(&self, py: Python<'_>, values: &[&str]) -> PyResult<Child>;

    /// The number of series, those of other scopes too.
    fn count(&self) -> usize;

    /// Objects for all series of the family, those of other scopes too.
    fn all(&self, py: Python<'_>) -> PyResult<Vec<Child>>;

    /// Removes the series with these values; false where there is none.
    fn remove(&self, values: &[&str]) -> bool;

    /// Removes all series.
    fn clear(&self);
}

/// A family of the facade, and what its objects say of themselves.
pub(crate) struct Of<H: Kind> {
    pub(crate) family: MetricVec<H>,
    pub(crate) of: Arc<Described>,
}

impl<H: Kind> Of<H> {
    pub(crate) fn new(family: MetricVec<H>) -> Self {
        let of = Arc::new(Described {
            name: family.name().into(),
            class: H::CLASS,
        });
        Self { family, of }
    }

    fn look_up(&self, values: &[&str]) -> Result<Member<H>, Error> {
        binding::look_up(&self.family, values)
    }

    fn child(&self, py: Python<'_>, member: Member<H>) -> PyResult<Child> {
        let series = member.handle.series();
        Ok(Child {
            series: series.map_or(std::ptr::null(), std::ptr::from_ref),
            is_own: member.is_own,
            object: member.handle.into_object(py, &self.of)?,
        })
    }
}

impl<H: Kind> Members for Of<H> {
    #[inline]
    fn find(&self, values: &[&str]) -> Option<*const Series> {
        let found = binding::find(&self.family, values)?;
        found.series().map(std::ptr::from_ref)
    }

    fn make(&self, py: Python<'_>, values: &[&str]) -> PyResult<Child> {
        let member = self.look_up(values);
        self.child(py, member.map_err(|error| from_facade(py, &error))?)
    }

    fn count(&self) -> usize {
        binding::count(&self.family)
    }

    fn all(&self, py: Python<'_>) -> PyResult<Vec<Child>> {
        let members = binding::all(&self.family).into_iter();
        members.map(|member| self.child(py, member)).collect()
    }

    fn remove(&self, values: &[&str]) -> bool {
        self.family.remove(values)
    }

    fn clear(&self) {
        self.family.clear();
    }
}

/// The instrument of a family without labels.
pub(crate) fn single<H: Kind>(py: Python<'_>, family: MetricVec<H>) -> PyResult<Py<PyAny>> {
    Ok(Of::new(family).make(py, &[])?.object)
}
