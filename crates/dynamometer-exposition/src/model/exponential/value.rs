//! The value of a histogram with exponential buckets.

use std::iter;

use crate::model::exponential::bound::{COARSEST, FINEST, upper_bound};
use crate::model::exponential::counts::ExponentialCounts;

/// Counts per exponential bucket and the sum of what was observed.
///
/// Prometheus calls it a native histogram, OpenTelemetry an exponential one. Each
/// bucket is 2^(1/2^schema) times as wide as the one before. Magnitudes up to the
/// zero threshold are in a bucket of their own, negative values in mirrored ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExponentialValue {
    schema: i32,
    zero_threshold: f64,
    zero_count: u64,
    positive: ExponentialCounts,
    negative: ExponentialCounts,
    sum: f64,
}

/// A bucket, and how many observations it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExponentialBucket {
    /// The lower bound; a negative bucket and the zero bucket hold it.
    pub lower: f64,
    /// The upper bound; a positive bucket and the zero bucket hold it.
    pub upper: f64,
    /// The number of observations.
    pub count: u64,
}

impl ExponentialValue {
    /// The value of a histogram without observations, but with their sum.
    ///
    /// The schema is from -4 to 8; one beyond is taken for the nearest, so who
    /// has finer buckets merges them first.
    pub fn new(schema: i32, sum: f64) -> Self {
        Self {
            schema: schema.clamp(COARSEST, FINEST),
            sum,
            ..Self::default()
        }
    }

    /// Sets how many magnitudes up to `threshold` there are.
    #[must_use]
    pub fn zero(mut self, threshold: f64, count: u64) -> Self {
        self.zero_threshold = threshold;
        self.zero_count = count;
        self
    }

    /// Sets the counts of positive values.
    #[must_use]
    pub fn positive(mut self, counts: ExponentialCounts) -> Self {
        self.positive = counts;
        self
    }

    /// Sets the counts of negative values.
    #[must_use]
    pub fn negative(mut self, counts: ExponentialCounts) -> Self {
        self.negative = counts;
        self
    }

    /// Prometheus' schema, which is OpenTelemetry's scale.
    pub fn schema(&self) -> i32 {
        self.schema
    }

    /// Magnitudes up to this one are in the zero bucket.
    pub fn zero_threshold(&self) -> f64 {
        self.zero_threshold
    }

    /// Observations in the zero bucket.
    pub fn zero_count(&self) -> u64 {
        self.zero_count
    }

    /// The counts of positive values.
    pub fn positive_counts(&self) -> &ExponentialCounts {
        &self.positive
    }

    /// The counts of negative values.
    pub fn negative_counts(&self) -> &ExponentialCounts {
        &self.negative
    }

    /// The sum of all observed values.
    pub fn sum(&self) -> f64 {
        self.sum
    }

    /// The number of observations: the sum of all buckets.
    pub fn count(&self) -> u64 {
        self.negative.count() + self.zero_count + self.positive.count()
    }

    /// The mean of the observed values, or `None` before the first.
    pub fn mean(&self) -> Option<f64> {
        let count = self.count();
        (count > 0).then(|| self.sum / count as f64)
    }

    /// The buckets that hold an observation, from the lowest up.
    pub fn buckets(&self) -> impl DoubleEndedIterator<Item = ExponentialBucket> {
        let bound = |index| upper_bound(self.schema, index);
        let bucket = |(lower, upper, count)| ExponentialBucket {
            lower,
            upper,
            count,
        };
        let negative = self.negative.iter().rev();
        let negative = negative.map(move |(i, count)| (-bound(i), -bound(i - 1), count));
        let zero = iter::once((-self.zero_threshold, self.zero_threshold, self.zero_count));
        let positive = self.positive.iter();
        let positive = positive.map(move |(i, count)| (bound(i - 1), bound(i), count));
        let all = negative.chain(zero).chain(positive).map(bucket);
        all.filter(|bucket| bucket.count > 0)
    }

    /// The same observations in the wider buckets of `schema`, which is at least -4.
    ///
    /// A finer schema than its own leaves the value as it is: what lies where
    /// inside a bucket is not known. The zero bucket stays.
    #[must_use]
    pub fn downscaled_to(&self, schema: i32) -> Self {
        let schema = schema.clamp(COARSEST, self.schema);
        let halvings = self.schema.abs_diff(schema);
        Self {
            schema,
            positive: self.positive.coarser(halvings),
            negative: self.negative.coarser(halvings),
            ..*self
        }
    }

    /// Halves the resolution until at most `limit` buckets are left.
    ///
    /// Buckets count from the first to the last that hold an observation, positive
    /// and negative together, without the zero bucket. OpenTelemetry's usual limit
    /// is 160. At schema -4 it ends; more than 160 are left only where a value
    /// spans nearly all floats of both signs.
    #[must_use]
    pub fn fit(self, limit: usize) -> Self {
        let after =
            |halvings| self.positive.len_after(halvings) + self.negative.len_after(halvings);
        let most = self.schema.abs_diff(COARSEST);
        match (0..most)
            .find(|halvings| after(*halvings) <= limit)
            .unwrap_or(most)
        {
            0 => self,
            halvings => self.downscaled_to(self.schema - halvings.cast_signed()),
        }
    }
}
