//! The value of a summary.

/// Quantiles that were computed where the values were observed.
///
/// Quantiles of several summaries can not be put together, so the library makes
/// none; they come from other sources.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryValue {
    quantiles: Box<[(f64, f64)]>,
    sum: f64,
    count: u64,
}

impl SummaryValue {
    /// Puts together quantiles, as pairs of a rank from 0 to 1 and a value, with
    /// the sum and the number of all observations.
    ///
    /// A value of `NaN` says that there is nothing to compute the quantile from.
    pub fn new(quantiles: impl Into<Box<[(f64, f64)]>>, sum: f64, count: u64) -> Self {
        Self {
            quantiles: quantiles.into(),
            sum,
            count,
        }
    }

    /// Ranks, from 0 to 1, with their values.
    pub fn quantiles(&self) -> &[(f64, f64)] {
        &self.quantiles
    }

    /// The sum of all observed values.
    pub fn sum(&self) -> f64 {
        self.sum
    }

    /// The number of observations.
    pub fn count(&self) -> u64 {
        self.count
    }
}
