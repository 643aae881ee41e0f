//! A Rust container as the place where C++ metrics go.
//!
//! [`Host`] is what a container does for C++, in safe Rust. [`attach`] puts it behind
//! the C functions of a registry and makes it the process's.

mod adopted;
mod attached;
mod functions;
mod last_error;
pub(crate) mod read;
mod request;
mod said;
mod slot;
mod source;

pub(crate) use self::attached::with_registry;
use std::ffi::CStr;
use std::sync::Arc;

use dynamometer_cells::{Bounds, ExponentialBuckets, Series};

pub use self::{
    adopted::Adopted,
    attached::{Attached, attach, registry_of},
    request::{Exponential, Request},
    source::Source,
};
use crate::error::Error;

/// What a container does for C++.
///
/// Every method may be called from any thread. One that panics is caught, and is an
/// error to the caller.
pub trait Host: Send + Sync + 'static {
    /// What families are known by.
    type Family: Family;

    /// The backend that reads the container, as `DYN_METRICS_BACKEND` names it.
    const BACKEND: &'static CStr;

    /// Says what is wrong with the prefixes and constant labels of a request.
    ///
    /// # Errors
    ///
    /// The first mistake.
    fn check_scope(&self, request: &Request<'_>) -> Result<(), Error>;

    /// Declares a family, or finds it.
    ///
    /// # Errors
    ///
    /// What is wrong with the request.
    fn family(&self, request: &Request<'_>) -> Result<Self::Family, Error>;

    /// Finds or makes a series.
    ///
    /// # Errors
    ///
    /// Where the values do not fit, or there is no room.
    fn look_up(&self, family: &Self::Family, values: &[&str]) -> Result<Arc<Series>, Error>;

    /// Makes cells that were recorded to before part of a series.
    ///
    /// They become its own where it is new, else they are joined to it. A gauge that
    /// was never set takes their value.
    ///
    /// # Errors
    ///
    /// As for [`look_up`](Self::look_up).
    fn adopt(
        &self,
        family: &Self::Family,
        values: &[&str],
        cells: Adopted,
    ) -> Result<Arc<Series>, Error>;

    /// Removes a series; false where there is none.
    ///
    /// # Errors
    ///
    /// Where the values do not fit.
    fn remove(&self, family: &Self::Family, values: &[&str]) -> Result<bool, Error>;

    /// Returns the page of all metrics.
    ///
    /// # Errors
    ///
    /// Where the container does not write that format.
    fn page(&self, format: Page) -> Result<Vec<u8>, Error>;

    /// Returns the page of what the library says of itself.
    ///
    /// # Errors
    ///
    /// As for [`page`](Self::page).
    fn self_page(&self, format: Page) -> Result<Vec<u8>, Error>;

    /// Brings in metrics that are read when a page is.
    ///
    /// # Errors
    ///
    /// Where the name can not be used.
    fn add_source(&self, source: Source) -> Result<(), Error>;

    /// Removes a source; false where there is none.
    fn remove_source(&self, name: &str) -> bool;

    /// Counts a refusal, and logs it once.
    fn report(&self, name: &str, error: &Error);

    /// Counts values that a recorder dropped, whichever container it belongs to.
    fn count_dropped(reason: Dropped, values: u64)
    where
        Self: Sized;
}

/// What the series of a family have in common.
pub trait Family: Send + Sync + 'static {
    /// The kind of its series.
    fn kind(&self) -> Kind;

    /// How the bucket of a value is found.
    fn buckets(&self) -> Buckets;
}

/// The kinds of series, with their numbers in the ABI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Kind {
    /// A number of things that only grows.
    Counter = 1,
    /// An amount that only grows.
    FloatCounter = 2,
    /// A count of things that come and go.
    UpDownCounter = 3,
    /// A value that is set.
    Gauge = 4,
    /// A distribution over explicit buckets.
    Histogram = 5,
    /// A distribution over exponential buckets.
    ExponentialHistogram = 6,
    /// Facts that are told in labels.
    Info = 7,
    /// States of which each is on or off.
    StateSet = 8,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Counter,
        Self::FloatCounter,
        Self::UpDownCounter,
        Self::Gauge,
        Self::Histogram,
        Self::ExponentialHistogram,
        Self::Info,
        Self::StateSet,
    ];

    /// The kind of this number.
    pub fn of_number(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u32 == number)
    }

    /// True where a series is one cell of the shared slab that is set.
    pub const fn is_set(self) -> bool {
        matches!(self, Self::Gauge | Self::Info | Self::StateSet)
    }
}

/// How the bucket of a value is found.
#[derive(Clone, Debug)]
pub enum Buckets {
    /// There are none.
    None,
    /// By explicit bounds.
    Explicit(Arc<Bounds>),
    /// By powers of two and their fractions.
    Exponential(Arc<ExponentialBuckets>),
}

impl Buckets {
    /// How many there are.
    pub fn count(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Explicit(bounds) => bounds.buckets(),
            Self::Exponential(buckets) => buckets.cells(),
        }
    }
}

/// The formats of a page, with their numbers in the ABI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Page {
    /// Prometheus text, version 0.0.4.
    Text = 0,
    /// `OpenMetrics` text, version 1.0.0.
    OpenMetrics = 1,
    /// JSON.
    Json = 2,
}

/// Why a recorder dropped a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// It is not a number.
    NotANumber,
    /// It is negative, and the kind only grows.
    Negative,
    /// The set does not have that state.
    UnknownState,
}
