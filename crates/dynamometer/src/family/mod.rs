//! Families whose series are looked up by their labels.

mod inner;
mod owned;
mod vec;

pub(crate) use inner::Inner;
pub use owned::Owned;
pub use vec::{MetricVec, Names};

use crate::handle::{
    Counter, ExponentialHistogram, FloatCounter, Gauge, Histogram, Info, StateSet, UpDownCounter,
};

/// A family of [`Counter`]s, by label values.
pub type CounterVec<L = Names> = MetricVec<Counter, L>;
/// A family of [`FloatCounter`]s, by label values.
pub type FloatCounterVec<L = Names> = MetricVec<FloatCounter, L>;
/// A family of [`UpDownCounter`]s, by label values.
pub type UpDownCounterVec<L = Names> = MetricVec<UpDownCounter, L>;
/// A family of [`Gauge`]s, by label values.
pub type GaugeVec<L = Names> = MetricVec<Gauge, L>;
/// A family of [`Histogram`]s, by label values.
pub type HistogramVec<L = Names> = MetricVec<Histogram, L>;
/// A family of [`ExponentialHistogram`]s, by label values.
pub type ExponentialHistogramVec<L = Names> = MetricVec<ExponentialHistogram, L>;
/// A family of [`Info`]s, by label values.
pub type InfoVec<L = Names> = MetricVec<Info, L>;
/// A family of [`StateSet`]s, by label values.
pub type StateSetVec<L = Names> = MetricVec<StateSet, L>;
