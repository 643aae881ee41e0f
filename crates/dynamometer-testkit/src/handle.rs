//! The handles of all kinds, as a scenario records through them.

use std::fmt;

use dynamometer::{
    Counter, ExponentialHistogram, ExponentialValue, FloatCounter, Gauge, Histogram,
    HistogramValue, Info, MetricCounter, MetricGauge, MetricHistogram, StateSet, UpDownCounter,
};

/// A counter of amounts, under test.
pub trait FloatCounterHandle: Send + Sync {
    /// Adds one.
    fn inc(&self);
    /// Adds `n`; a negative amount or NaN is dropped.
    fn inc_by(&self, n: f64);
    /// Returns the sum over all threads.
    fn get_value(&self) -> f64;
}

/// A count of things that come and go, under test.
pub trait UpDownCounterHandle: Send + Sync {
    /// Adds `n`, which may be negative.
    fn add(&self, n: i64);
    /// Returns the sum over all threads.
    fn get_value(&self) -> i64;
}

/// A histogram whose buckets grow with the value, under test.
pub trait ExponentialHandle: Send + Sync {
    /// Counts `value` `n` times; NaN, and a negative value unless the layout is
    /// signed, is dropped.
    fn observe_n(&self, value: f64, n: u64);
    /// Returns the sum over all threads.
    fn get_value(&self) -> ExponentialValue;
}

/// States of which each is on or off, under test.
///
/// A state that the set does not have changes nothing.
pub trait StateSetHandle: Send + Sync {
    /// Turns one state on and all others off.
    fn set_only(&self, state: &str);
    /// Turns a state on.
    fn enable(&self, state: &str);
    /// Turns a state off.
    fn disable(&self, state: &str);
    /// Returns the states that are on, in their order.
    fn enabled(&self) -> Vec<String>;
}

impl FloatCounterHandle for FloatCounter {
    fn inc(&self) {
        Self::inc(self);
    }

    fn inc_by(&self, n: f64) {
        Self::inc_by(self, n);
    }

    fn get_value(&self) -> f64 {
        Self::get_value(self)
    }
}

impl UpDownCounterHandle for UpDownCounter {
    fn add(&self, n: i64) {
        Self::add(self, n);
    }

    fn get_value(&self) -> i64 {
        Self::get_value(self)
    }
}

impl ExponentialHandle for ExponentialHistogram {
    fn observe_n(&self, value: f64, n: u64) {
        Self::observe_n(self, value, n);
    }

    fn get_value(&self) -> ExponentialValue {
        Self::get_value(self)
    }
}

impl StateSetHandle for StateSet {
    fn set_only(&self, state: &str) {
        Self::set_only(self, state);
    }

    fn enable(&self, state: &str) {
        Self::enable(self, state);
    }

    fn disable(&self, state: &str) {
        Self::disable(self, state);
    }

    fn enabled(&self) -> Vec<String> {
        Self::enabled(self).map(str::to_owned).collect()
    }
}

/// A handle of any kind.
pub enum Handle {
    /// A number of things that only grows.
    Counter(Box<dyn MetricCounter>),
    /// A value that is set.
    Gauge(Box<dyn MetricGauge>),
    /// Observations in buckets.
    Histogram(Box<dyn MetricHistogram>),
    /// An amount that only grows.
    FloatCounter(Box<dyn FloatCounterHandle>),
    /// A number of things that come and go.
    UpDownCounter(Box<dyn UpDownCounterHandle>),
    /// Observations in buckets that grow with the value.
    ExponentialHistogram(Box<dyn ExponentialHandle>),
    /// States of which each is on or off.
    StateSet(Box<dyn StateSetHandle>),
    /// Facts in labels; there is nothing to record.
    Info,
}

/// What a handle reads.
#[derive(Clone, Debug)]
pub(crate) enum Reading {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Histogram(HistogramValue),
    Exponential(ExponentialValue),
    States(Vec<String>),
    Nothing,
}

macro_rules! boxed {
    ($($kind:ident => $variant:ident,)*) => {$(
        impl From<$kind> for Handle {
            fn from(handle: $kind) -> Self {
                Self::$variant(Box::new(handle))
            }
        }
    )*};
}

boxed! {
    Counter => Counter,
    Gauge => Gauge,
    Histogram => Histogram,
    FloatCounter => FloatCounter,
    UpDownCounter => UpDownCounter,
    ExponentialHistogram => ExponentialHistogram,
    StateSet => StateSet,
}

impl From<Info> for Handle {
    fn from(_: Info) -> Self {
        Self::Info
    }
}

impl Handle {
    pub(crate) fn read(&self) -> Reading {
        match self {
            Self::Counter(handle) => Reading::Unsigned(handle.get_value()),
            Self::Gauge(handle) => Reading::Float(handle.get_value()),
            Self::Histogram(handle) => Reading::Histogram(handle.get_value()),
            Self::FloatCounter(handle) => Reading::Float(handle.get_value()),
            Self::UpDownCounter(handle) => Reading::Signed(handle.get_value()),
            Self::ExponentialHistogram(handle) => Reading::Exponential(handle.get_value()),
            Self::StateSet(handle) => Reading::States(handle.enabled()),
            Self::Info => Reading::Nothing,
        }
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Counter(_) => "counter",
            Self::Gauge(_) => "gauge",
            Self::Histogram(_) => "histogram",
            Self::FloatCounter(_) => "float counter",
            Self::UpDownCounter(_) => "up-down counter",
            Self::ExponentialHistogram(_) => "exponential histogram",
            Self::StateSet(_) => "state set",
            Self::Info => "info",
        }
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({}, {:?})", self.kind(), self.read())
    }
}
