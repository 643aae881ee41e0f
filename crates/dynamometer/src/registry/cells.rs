//! The cells of one series, of whichever kind.

use std::fmt;
use std::sync::Arc;

use dynamometer_cells::{
    Bounds, CounterCell, FloatCell, Full, GaugeCell, HistogramCells, Options, UpDownCells,
};
use dynamometer_exposition::Kind;

/// The kinds of handle. Several are exposed as the same kind of family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instrument {
    Counter,
    FloatCounter,
    UpDownCounter,
    Gauge,
    Histogram,
}

impl Instrument {
    pub(crate) const fn kind(self) -> Kind {
        match self {
            Self::Counter | Self::FloatCounter => Kind::Counter,
            Self::UpDownCounter | Self::Gauge => Kind::Gauge,
            Self::Histogram => Kind::Histogram,
        }
    }

    pub(crate) const fn is_counter(self) -> bool {
        matches!(self, Self::Counter | Self::FloatCounter)
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
        })
    }
}

/// What a series records into.
#[derive(Clone, Debug)]
pub(crate) enum Cells {
    Counter(CounterCell),
    FloatCounter(FloatCell),
    UpDownCounter(UpDownCells),
    Gauge(GaugeCell),
    Histogram(HistogramCells),
}

impl Cells {
    /// Takes the cells of a new series; `bounds` are a histogram's.
    pub(crate) fn new(instrument: Instrument, bounds: Option<&Arc<Bounds>>) -> Result<Self, Full> {
        let options = Options::default();
        Ok(match (instrument, bounds) {
            (Instrument::Counter, _) => Self::Counter(CounterCell::new(options)?),
            (Instrument::FloatCounter, _) => Self::FloatCounter(FloatCell::new(options)?),
            (Instrument::UpDownCounter, _) => Self::UpDownCounter(UpDownCells::new(options)?),
            (Instrument::Gauge, _) => Self::Gauge(GaugeCell::new(options)?),
            (Instrument::Histogram, Some(bounds)) => {
                Self::Histogram(HistogramCells::new(Arc::clone(bounds), options)?)
            }
            (Instrument::Histogram, None) => Self::Histogram(HistogramCells::noop()),
        })
    }
}
