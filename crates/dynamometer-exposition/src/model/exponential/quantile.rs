//! Quantiles of exponential buckets.

use crate::model::exponential::value::{ExponentialBucket, ExponentialValue};

impl ExponentialValue {
    /// The value that a share `q` of the observations does not exceed.
    ///
    /// `None` without observations, or where `q` is not from 0 to 1. Estimated as
    /// Prometheus does: values are taken to be spread evenly over the logarithms
    /// of their bucket, and over the zero bucket itself. That one ends at 0 where
    /// all other values are on one side. In a bucket that reaches to infinity the
    /// answer is infinity.
    ///
    /// <https://github.com/prometheus/prometheus/blob/main/promql/quantile.go>
    pub fn quantile(&self, q: f64) -> Option<f64> {
        if !(0.0..=1.0).contains(&q) {
            return None;
        }
        let count = self.count() as f64;
        // From the nearer end, so that high quantiles of many values stay precise.
        let (mut bucket, share) = if q < 0.5 {
            find(self.buckets(), q * count)?
        } else {
            let (bucket, share_above) = find(self.buckets().rev(), (1.0 - q) * count)?;
            (bucket, 1.0 - share_above)
        };
        let (positive, negative) = (self.positive_counts(), self.negative_counts());
        if bucket.lower <= 0.0 && bucket.upper >= 0.0 {
            match (negative.is_empty(), positive.is_empty()) {
                (true, false) => bucket.lower = 0.0,
                (false, true) => bucket.upper = 0.0,
                _ => {}
            }
        }
        Some(interpolate(bucket, share))
    }
}

/// The bucket that the count reaches `rank` in, and the share of it below `rank`.
fn find(
    buckets: impl Iterator<Item = ExponentialBucket>,
    rank: f64,
) -> Option<(ExponentialBucket, f64)> {
    let mut before = 0.0;
    let mut found = None;
    for bucket in buckets {
        let count = bucket.count as f64;
        // Rounding may put the rank beyond the last bucket.
        found = Some((bucket, ((rank - before) / count).min(1.0)));
        before += count;
        if before >= rank {
            break;
        }
    }
    found
}

fn interpolate(ExponentialBucket { lower, upper, .. }: ExponentialBucket, share: f64) -> f64 {
    if lower.is_infinite() {
        lower
    } else if upper.is_infinite() {
        upper
    } else if lower <= 0.0 && upper >= 0.0 {
        lower + (upper - lower) * share
    } else {
        lower * (upper / lower).powf(share)
    }
}
