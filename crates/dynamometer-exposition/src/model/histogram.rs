//! The value of a histogram.

use std::sync::Arc;

/// Counts per bucket and the sum of what was observed.
#[derive(Clone, Debug, PartialEq)]
pub struct HistogramValue {
    bounds: Arc<[f64]>,
    /// One per bound and one for `+Inf`, not cumulative.
    counts: Box<[u64]>,
    sum: f64,
}

impl HistogramValue {
    /// Puts together finite, increasing `bounds`, one count per bound and one for
    /// `+Inf` (not cumulative), and the sum.
    ///
    /// A count too many is ignored and one too few taken as zero.
    pub fn new(bounds: Arc<[f64]>, counts: impl IntoIterator<Item = u64>, sum: f64) -> Self {
        let counts = counts
            .into_iter()
            .chain(std::iter::repeat(0))
            .take(bounds.len() + 1);
        Self {
            counts: counts.collect(),
            bounds,
            sum,
        }
    }

    /// The upper bounds of the buckets, without `+Inf`.
    pub fn bounds(&self) -> &[f64] {
        &self.bounds
    }

    /// Observations per bucket, not cumulative; the last is `+Inf`.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The sum of all observed values.
    pub fn sum(&self) -> f64 {
        self.sum
    }

    /// The number of observations: the sum of all buckets.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The mean of the observed values, or `None` before the first.
    pub fn mean(&self) -> Option<f64> {
        let count = self.count();
        (count > 0).then(|| self.sum / count as f64)
    }

    /// Upper bounds with cumulative counts, as exposition formats write them.
    ///
    /// The last bound is `+Inf`, its count all observations.
    pub fn cumulative(&self) -> impl Iterator<Item = (f64, u64)> {
        let bounds = self.bounds.iter().copied().chain([f64::INFINITY]);
        bounds.zip(self.counts.iter().scan(0, |total, count| {
            *total += count;
            Some(*total)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_cumulative_count_is_the_count() {
        let value = HistogramValue::new([0.1, 1.0].into(), [2, 0, 3], 12.5);
        assert_eq!(value.count(), 5);
        assert_eq!(value.mean(), Some(2.5));
        let cumulative: Vec<_> = value.cumulative().collect();
        assert_eq!(cumulative, [(0.1, 2), (1.0, 2), (f64::INFINITY, 5)]);
    }
}
