//! What all kinds of handle have in common.

use std::fmt;
use std::sync::{Arc, LazyLock};

use dynamometer_cells::{
    Bounds, CounterCell, ExponentialBuckets, FloatCell, GaugeCell, HistogramCells, Kept, Looked,
    Series, UpDownCells,
};

use crate::clock::Clock;
use crate::handle::histogram::default_bounds;
use crate::handle::{
    Counter, ExponentialHistogram, FloatCounter, Gauge, Histogram, Info, StateSet, UpDownCounter,
};
use crate::registry::{Instrument, Layout, States};

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

    fn exponential(&self) -> &Arc<ExponentialBuckets> {
        static DEFAULT: LazyLock<Arc<ExponentialBuckets>> = LazyLock::new(Arc::default);
        match &self.layout {
            Layout::Exponential(buckets) => buckets,
            _ => &DEFAULT,
        }
    }

    fn states(&self) -> &Arc<States> {
        static NONE: LazyLock<Arc<States>> = LazyLock::new(Arc::default);
        match &self.layout {
            Layout::States(states) => states,
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

    /// One that behaves as it was declared, where it is not enough that it works.
    #[doc(hidden)]
    fn unregistered_in(_: &Context) -> Self {
        Self::unregistered()
    }
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

/// Defines the kinds whose handles find a bucket first.
macro_rules! histogram {
    ($($handle:ident, $context:ident, $unregistered:expr;)*) => {$(
        impl Handle for $handle {
            type Looked<'f> = $handle<Looked<'f>>;
        }

        impl Made for $handle {
            const INSTRUMENT: Instrument = Instrument::$handle;

            fn kept(series: Kept, context: &Context) -> Self {
                Self {
                    cells: HistogramCells::on(series, Arc::clone(context.$context())),
                    clock: Arc::clone(&context.clock),
                }
            }

            #[inline]
            fn looked<'f>(series: Looked<'f>, context: &'f Context) -> $handle<Looked<'f>> {
                Histogram {
                    cells: HistogramCells::on(series, context.$context()),
                    clock: &context.clock,
                }
            }

            fn unregistered() -> Self {
                let context = Context {
                    layout: $unregistered,
                    clock: Arc::new(Clock::system()),
                };
                Self::kept(detached(Self::INSTRUMENT, &context.layout), &context)
            }
        }
    )*};
}

histogram! {
    Histogram, bounds, Layout::Buckets(default_bounds());
    ExponentialHistogram, exponential, Layout::Exponential(Arc::default());
}

impl Handle for Info {
    type Looked<'f> = Info<Looked<'f>>;
}

impl Made for Info {
    const INSTRUMENT: Instrument = Instrument::Info;

    fn kept(series: Kept, _: &Context) -> Self {
        Self(series)
    }

    fn looked<'f>(series: Looked<'f>, _: &'f Context) -> Info<Looked<'f>> {
        Info(series)
    }

    fn unregistered() -> Self {
        Self::detached()
    }
}

impl Handle for StateSet {
    type Looked<'f> = StateSet<Looked<'f>>;
}

impl Made for StateSet {
    const INSTRUMENT: Instrument = Instrument::StateSet;

    fn kept(series: Kept, context: &Context) -> Self {
        Self {
            cell: GaugeCell::on(series),
            states: Arc::clone(context.states()),
        }
    }

    #[inline]
    fn looked<'f>(series: Looked<'f>, context: &'f Context) -> StateSet<Looked<'f>> {
        StateSet {
            cell: GaugeCell::on(series),
            states: context.states(),
        }
    }

    fn unregistered() -> Self {
        Self::detached(&[])
    }

    fn unregistered_in(context: &Context) -> Self {
        Self {
            states: Arc::clone(context.states()),
            ..Self::unregistered()
        }
    }
}

/// Keeps a series of one's own, which no container lists; none where no cells are left.
pub(crate) fn detached(instrument: Instrument, layout: &Layout) -> Kept {
    detached_series(instrument, layout).map_or_else(Kept::default, Kept::new)
}

/// A share in a series of one's own, which no container lists.
pub(crate) fn detached_series(instrument: Instrument, layout: &Layout) -> Option<Arc<Series>> {
    instrument
        .series(layout, dynamometer_cells::Options::default())
        .ok()
}
