//! What all kinds of handle have in common.

use std::fmt;
use std::sync::{Arc, LazyLock};

use dynamometer_cells::{
    Bounds, CounterCell, FloatCell, GaugeCell, HistogramCells, Kept, Looked, Series, UpDownCells,
};

use crate::clock::Clock;
use crate::handle::{Counter, FloatCounter, Gauge, Histogram, UpDownCounter};
use crate::registry::{Instrument, Layout};

/// What handles on series of one family share.
#[derive(Clone, Debug)]
pub struct Context {
    pub(crate) layout: Layout,
    pub(crate) clock: Arc<Clock>,
}

impl Context {
    fn bounds(&self) -> &Arc<Bounds> {
        static NONE: LazyLock<Arc<Bounds>> = LazyLock::new(|| Arc::new(Bounds::none()));
        match &self.layout {
            Layout::Buckets(bounds) => bounds,
            _ => &NONE,
        }
    }
}

/// A kind of handle: [`Counter`], [`Gauge`], [`Histogram`] and the others.
///
/// Sealed: families and builders are generic over it.
pub trait Handle: Made + Clone + fmt::Debug + Send + Sync + 'static {
    /// The same kind of handle, from a look-up that has not ended.
    type Looked<'f>;
}

/// How handles are made; part of no public path.
pub trait Made: Sized {
    #[doc(hidden)]
    const INSTRUMENT: Instrument;

    #[doc(hidden)]
    fn kept(series: Kept, context: &Context) -> Self;

    #[doc(hidden)]
    fn looked<'f>(series: Looked<'f>, context: &'f Context) -> <Self as Handle>::Looked<'f>
    where
        Self: Handle;

    #[doc(hidden)]
    fn unregistered() -> Self;
}

/// Defines the kinds whose handles are a cell and nothing else.
macro_rules! plain {
    ($($handle:ident, $cell:ident;)*) => {$(
        impl Handle for $handle {
            type Looked<'f> = $handle<Looked<'f>>;
        }

        impl Made for $handle {
            const INSTRUMENT: Instrument = Instrument::$handle;

            fn kept(series: Kept, _: &Context) -> Self {
                Self($cell::on(series))
            }

            #[inline]
            fn looked<'f>(series: Looked<'f>, _: &'f Context) -> $handle<Looked<'f>> {
                $handle($cell::on(series))
            }

            fn unregistered() -> Self {
                Self::detached()
            }
        }
    )*};
}

plain! {
    Counter, CounterCell;
    FloatCounter, FloatCell;
    UpDownCounter, UpDownCells;
    Gauge, GaugeCell;
}

impl Handle for Histogram {
    type Looked<'f> = Histogram<Looked<'f>>;
}

impl Made for Histogram {
    const INSTRUMENT: Instrument = Instrument::Histogram;

    fn kept(series: Kept, context: &Context) -> Self {
        Self {
            cells: HistogramCells::on(series, Arc::clone(context.bounds())),
            clock: Arc::clone(&context.clock),
        }
    }

    #[inline]
    fn looked<'f>(series: Looked<'f>, context: &'f Context) -> Histogram<Looked<'f>> {
        Histogram {
            cells: HistogramCells::on(series, context.bounds()),
            clock: &context.clock,
        }
    }

    fn unregistered() -> Self {
        Self::detached()
    }
}

/// A share in a series of one's own, which no container lists.
pub(crate) fn detached_series(instrument: Instrument, layout: &Layout) -> Option<Arc<Series>> {
    instrument
        .series(layout, dynamometer_cells::Options::default())
        .ok()
}
