//! A family of a container, as C++ looks it up.

use dynamometer_libnv::host::{Buckets, Family, Kind};
use std::sync::Arc;

use crate::family::Inner;
use crate::registry::{Instrument, Layout};

/// A family seen from the container that C++ reports into.
pub(super) struct CxxFamily(pub(super) Inner);

impl Family for CxxFamily {
    fn kind(&self) -> Kind {
        match self.0.instrument {
            Instrument::Counter => Kind::Counter,
            Instrument::FloatCounter => Kind::FloatCounter,
            Instrument::UpDownCounter => Kind::UpDownCounter,
            Instrument::Gauge => Kind::Gauge,
            Instrument::Histogram => Kind::Histogram,
            Instrument::ExponentialHistogram => Kind::ExponentialHistogram,
            Instrument::Info => Kind::Info,
            Instrument::StateSet => Kind::StateSet,
        }
    }

    fn buckets(&self) -> Buckets {
        match &self.0.context.layout {
            Layout::Buckets(bounds) => Buckets::Explicit(Arc::clone(bounds)),
            Layout::Exponential(buckets) => Buckets::Exponential(Arc::clone(buckets)),
            Layout::Plain | Layout::States(_) => Buckets::None,
        }
    }
}

/// What a kind of C++ is here.
pub(super) const fn instrument_of(kind: Kind) -> Instrument {
    match kind {
        Kind::Counter => Instrument::Counter,
        Kind::FloatCounter => Instrument::FloatCounter,
        Kind::UpDownCounter => Instrument::UpDownCounter,
        Kind::Gauge => Instrument::Gauge,
        Kind::Histogram => Instrument::Histogram,
        Kind::ExponentialHistogram => Instrument::ExponentialHistogram,
        Kind::Info => Instrument::Info,
        Kind::StateSet => Instrument::StateSet,
    }
}
