//! The kinds of handle, and what a series of each is made of.

use std::fmt;
use std::sync::Arc;

use dynamometer_cells::{Bounds, ExponentialBuckets, Full, Options, Series};
use dynamometer_exposition::Kind;

use crate::meeting;
use crate::registry::States;

/// The kinds of handle. Several are exposed as the same kind of family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instrument {
    Counter,
    FloatCounter,
    UpDownCounter,
    Gauge,
    Histogram,
    ExponentialHistogram,
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
    /// A histogram's exponential buckets.
    Exponential(Arc<ExponentialBuckets>),
    /// A state set's states.
    States(Arc<States>),
}

impl Instrument {
    pub(crate) const fn kind(self) -> Kind {
        match self {
            Self::Counter | Self::FloatCounter => Kind::Counter,
            Self::UpDownCounter | Self::Gauge => Kind::Gauge,
            Self::Histogram | Self::ExponentialHistogram => Kind::Histogram,
            Self::Info => Kind::Info,
            Self::StateSet => Kind::StateSet,
        }
    }

    pub(crate) const fn is_counter(self) -> bool {
        matches!(self, Self::Counter | Self::FloatCounter)
    }

    pub(crate) const fn is_histogram(self) -> bool {
        matches!(self, Self::Histogram | Self::ExponentialHistogram)
    }

    /// How many exemplars a series keeps, where it keeps any.
    ///
    /// One for a counter; one for each bucket, but sixteen where there are
    /// hundreds: a slot takes 184 bytes.
    pub(crate) fn exemplars(self, layout: &Layout) -> usize {
        match (self, layout) {
            (Self::Counter, _) => 1,
            (_, Layout::Buckets(bounds)) => bounds.buckets(),
            (_, Layout::Exponential(_)) => 16,
            _ => 0,
        }
    }

    /// False where `OpenMetrics` allows no unit.
    pub(crate) const fn has_unit(self) -> bool {
        !matches!(self, Self::Info | Self::StateSet)
    }

    /// Takes the cells of a new series.
    pub(crate) fn series(self, layout: &Layout, options: Options) -> Result<Arc<Series>, Full> {
        meeting::prepare();
        match (self, layout) {
            (Self::Counter | Self::FloatCounter, _) => Series::new(1, options),
            (Self::Gauge | Self::Info | Self::StateSet, _) => Series::set(options),
            (Self::Histogram, Layout::Buckets(bounds)) => {
                Series::new(bounds.buckets() + 1, options)
            }
            (Self::ExponentialHistogram, Layout::Exponential(buckets)) => {
                Series::new(buckets.cells() + 1, options)
            }
            // Increments and decrements; or a sum and one bucket.
            _ => Series::new(2, options),
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
            Self::ExponentialHistogram => "an exponential histogram",
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
            Self::Exponential(buckets) => write!(f, " with the buckets {:?}", buckets.layout()),
            Self::States(states) => write!(f, " with the states {:?}", states.names()),
        }
    }
}
