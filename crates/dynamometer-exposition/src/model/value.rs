//! The values of a family, column by column.

use crate::model::exponential::ExponentialValue;
use crate::model::histogram::HistogramValue;

/// One value per series of a family, in the order of its labels.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Values {
    /// Counters of whole things.
    Unsigned(Vec<u64>),
    /// Up-down counters.
    Signed(Vec<i64>),
    /// Float counters and gauges.
    Float(Vec<f64>),
    /// Histograms.
    Histogram(Vec<HistogramValue>),
    /// Histograms with exponential buckets.
    Exponential(Vec<ExponentialValue>),
}

impl Values {
    /// The number of series.
    pub fn len(&self) -> usize {
        match self {
            Self::Unsigned(values) => values.len(),
            Self::Signed(values) => values.len(),
            Self::Float(values) => values.len(),
            Self::Histogram(values) => values.len(),
            Self::Exponential(values) => values.len(),
        }
    }

    /// True where there is no series.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at `index`.
    pub fn get(&self, index: usize) -> Option<Value<'_>> {
        Some(match self {
            Self::Unsigned(values) => Value::Unsigned(*values.get(index)?),
            Self::Signed(values) => Value::Signed(*values.get(index)?),
            Self::Float(values) => Value::Float(*values.get(index)?),
            Self::Histogram(values) => Value::Histogram(values.get(index)?),
            Self::Exponential(values) => Value::Exponential(values.get(index)?),
        })
    }

    /// Appends the value at `index` of `other`; false where the columns differ.
    pub(crate) fn push_from(&mut self, other: &Self, index: usize) -> bool {
        match (self, other) {
            (Self::Unsigned(mine), Self::Unsigned(other)) => mine.push(other[index]),
            (Self::Signed(mine), Self::Signed(other)) => mine.push(other[index]),
            (Self::Float(mine), Self::Float(other)) => mine.push(other[index]),
            (Self::Histogram(mine), Self::Histogram(other)) => mine.push(other[index].clone()),
            (Self::Exponential(mine), Self::Exponential(other)) => {
                mine.push(other[index].clone());
            }
            _ => return false,
        }
        true
    }
}

/// The value of one series.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// A count of whole things.
    Unsigned(u64),
    /// A count that may fall.
    Signed(i64),
    /// An amount or a measurement.
    Float(f64),
    /// A distribution.
    Histogram(&'a HistogramValue),
    /// A distribution over exponential buckets.
    Exponential(&'a ExponentialValue),
}

impl Value<'_> {
    /// The value as a float; a histogram's is its sum.
    ///
    /// Whole numbers beyond 2⁵³ are rounded.
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Unsigned(value) => value as f64,
            Self::Signed(value) => value as f64,
            Self::Float(value) => value,
            Self::Histogram(value) => value.sum(),
            Self::Exponential(value) => value.sum(),
        }
    }
}
