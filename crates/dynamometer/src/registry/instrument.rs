//! The kinds of handle, and what a series of each is made of.

use std::fmt;
use std::sync::Arc;

use dynamometer_cells::{Bounds, Full, Options, Series};
use dynamometer_exposition::Kind;

/// The kinds of handle. Several are exposed as the same kind of family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instrument {
    Counter,
    FloatCounter,
    UpDownCounter,
    Gauge,
    Histogram,
    Info,
    StateSet,
}

/// What all series of a family have in common besides their kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Layout {
    /// Nothing.
    #[default]
    Plain,
    /// A histogram's bounds.
    Buckets(Arc<Bounds>),
    /// A state set's states.
    States(Arc<[Box<str>]>),
}

impl Instrument {
    pub(crate) const fn kind(self) -> Kind {
        match self {
            Self::Counter | Self::FloatCounter => Kind::Counter,
            Self::UpDownCounter | Self::Gauge => Kind::Gauge,
            Self::Histogram => Kind::Histogram,
            Self::Info => Kind::Info,
            Self::StateSet => Kind::StateSet,
        }
    }

    pub(crate) const fn is_counter(self) -> bool {
        matches!(self, Self::Counter | Self::FloatCounter)
    }

    pub(crate) const fn is_histogram(self) -> bool {
        matches!(self, Self::Histogram)
    }

    /// Takes the cells of a new series.
    pub(crate) fn series(self, layout: &Layout, options: Options) -> Result<Arc<Series>, Full> {
        match (self, layout) {
            (Self::Counter | Self::FloatCounter, _) => Series::new(1, options),
            (Self::Gauge | Self::Info | Self::StateSet, _) => Series::set(options),
            (Self::Histogram, Layout::Buckets(bounds)) => {
                Series::new(bounds.buckets() + 1, options)
            }
            // Increments and decrements; or a sum and one bucket.
            (Self::UpDownCounter | Self::Histogram, _) => Series::new(2, options),
        }
    }
}

impl fmt::Display for Instrument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Counter => "a counter",
            Self::FloatCounter => "a float counter",
            Self::UpDownCounter => "an up-down counter",
            Self::Gauge => "a gauge",
            Self::Histogram => "a histogram",
            Self::Info => "an info",
            Self::StateSet => "a state set",
        })
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain => Ok(()),
            Self::Buckets(bounds) => write!(f, " with the buckets {:?}", bounds.upper()),
            Self::States(states) => write!(f, " with the states {states:?}"),
        }
    }
}
