//! Histograms whose buckets grow by a constant factor.

mod bound;
mod classic;
mod counts;
mod quantile;
mod value;

pub use counts::ExponentialCounts;
pub use value::{ExponentialBucket, ExponentialValue};
