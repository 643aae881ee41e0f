//! The handles of all kinds, as a scenario records through them.

use std::fmt;

use dynamometer::{
    FloatCounter, HistogramValue, MetricCounter, MetricGauge, MetricHistogram, UpDownCounter,
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
}

/// What a handle reads.
#[derive(Clone, Debug)]
pub(crate) enum Reading {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Histogram(HistogramValue),
}

impl Handle {
    pub(crate) fn read(&self) -> Reading {
        match self {
            Self::Counter(handle) => Reading::Unsigned(handle.get_value()),
            Self::Gauge(handle) => Reading::Float(handle.get_value()),
            Self::Histogram(handle) => Reading::Histogram(handle.get_value()),
            Self::FloatCounter(handle) => Reading::Float(handle.get_value()),
            Self::UpDownCounter(handle) => Reading::Signed(handle.get_value()),
        }
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Counter(_) => "counter",
            Self::Gauge(_) => "gauge",
            Self::Histogram(_) => "histogram",
            Self::FloatCounter(_) => "float counter",
            Self::UpDownCounter(_) => "up-down counter",
        }
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({}, {:?})", self.kind(), self.read())
    }
}
