//! The two kinds of buckets, and what is read of them.

use std::sync::Arc;

use dynamometer_cells::{Bounds, Buckets, ExponentialBuckets};
use dynamometer_exposition::{ExponentialCounts, ExponentialValue, HistogramValue};

use crate::self_metrics::Dropped;

/// The buckets of a [`Histogram`](crate::Histogram): [`Bounds`], which are
/// explicit, or [`ExponentialBuckets`]. Sealed.
pub trait Distribution: Buckets {
    /// What a histogram with these buckets reads as.
    type Value;

    #[doc(hidden)]
    fn value(&self, sum: f64, counts: &[u64]) -> Self::Value;

    #[doc(hidden)]
    fn explicit(value: Self::Value) -> HistogramValue;

    #[doc(hidden)]
    fn why_dropped(value: f64) -> Dropped;
}

/// Buckets that readers of an exponential histogram get at most, positive and
/// negative ones together; `OpenTelemetry`'s default.
const MOST_BUCKETS: usize = 160;

impl Distribution for Bounds {
    type Value = HistogramValue;

    fn value(&self, sum: f64, counts: &[u64]) -> HistogramValue {
        HistogramValue::new(self.upper().into(), counts.iter().copied(), sum)
    }

    fn explicit(value: HistogramValue) -> HistogramValue {
        value
    }

    fn why_dropped(_: f64) -> Dropped {
        Dropped::NotANumber
    }
}

impl Distribution for ExponentialBuckets {
    type Value = ExponentialValue;

    fn value(&self, sum: f64, counts: &[u64]) -> ExponentialValue {
        let counts_of = |cells: std::ops::Range<usize>| {
            let first = self.native_index(cells.start).unwrap_or_default();
            ExponentialCounts::new(first, counts.get(cells).unwrap_or_default().iter().copied())
        };
        ExponentialValue::new(self.schema(), sum)
            .zero(self.zero_threshold(), counts.first().copied().unwrap_or(0))
            .positive(counts_of(self.positive()))
            .negative(counts_of(self.negative()))
            .fit(MOST_BUCKETS)
    }

    /// One bucket for each doubling, as in Prometheus text.
    fn explicit(value: ExponentialValue) -> HistogramValue {
        let cumulative: Vec<(f64, u64)> = value.cumulative().collect();
        let bounds: Arc<[f64]> = cumulative
            .iter()
            .map(|(bound, _)| *bound)
            .filter(|bound| bound.is_finite())
            .collect();
        let mut below = 0;
        let counts = cumulative.iter().map(|(_, count)| {
            let own = count - below;
            below = *count;
            own
        });
        HistogramValue::new(bounds, counts.collect::<Vec<_>>(), value.sum())
    }

    fn why_dropped(value: f64) -> Dropped {
        if value.is_nan() {
            Dropped::NotANumber
        } else {
            Dropped::Negative
        }
    }
}
