//! The values of a family, column by column.

use crate::model::exponential::ExponentialValue;
use crate::model::histogram::HistogramValue;
use crate::model::summary::SummaryValue;

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
    /// Summaries.
    Summary(Vec<SummaryValue>),
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
            Self::Summary(values) => values.len(),
        }
    }

    /// True where there is no series.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True where each value is one number.
    pub(crate) fn are_numbers(&self) -> bool {
        matches!(self, Self::Unsigned(_) | Self::Signed(_) | Self::Float(_))
    }

    /// The value at `index`.
    pub fn get(&self, index: usize) -> Option<Value<'_>> {
        Some(match self {
            Self::Unsigned(values) => Value::Unsigned(*values.get(index)?),
            Self::Signed(values) => Value::Signed(*values.get(index)?),
            Self::Float(values) => Value::Float(*values.get(index)?),
            Self::Histogram(values) => Value::Histogram(values.get(index)?),
            Self::Exponential(values) => Value::Exponential(values.get(index)?),
            Self::Summary(values) => Value::Summary(values.get(index)?),
        })
    }

    /// No values, of the same type.
    pub(crate) fn none(&self) -> Self {
        match self {
            Self::Unsigned(_) => Self::Unsigned(Vec::new()),
            Self::Signed(_) => Self::Signed(Vec::new()),
            Self::Float(_) => Self::Float(Vec::new()),
            Self::Histogram(_) => Self::Histogram(Vec::new()),
            Self::Exponential(_) => Self::Exponential(Vec::new()),
            Self::Summary(_) => Self::Summary(Vec::new()),
        }
    }

    /// Leaves the first `len` values.
    pub(crate) fn truncate(&mut self, len: usize) {
        match self {
            Self::Unsigned(values) => values.truncate(len),
            Self::Signed(values) => values.truncate(len),
            Self::Float(values) => values.truncate(len),
            Self::Histogram(values) => values.truncate(len),
            Self::Exponential(values) => values.truncate(len),
            Self::Summary(values) => values.truncate(len),
        }
    }

    /// True where values of `other` may follow these: both are numbers, or
    /// distributions of one type.
    pub(crate) fn takes(&self, other: &Self) -> bool {
        let is_same = std::mem::discriminant(self) == std::mem::discriminant(other);
        is_same || (self.are_numbers() && other.are_numbers())
    }

    /// Appends the value at `index` of `other`, where these [take](Self::takes) it.
    ///
    /// Whole numbers and floats together become floats, which round beyond 2⁵³.
    pub(crate) fn push_from(&mut self, other: &Self, index: usize) {
        match (&mut *self, other) {
            (Self::Unsigned(mine), Self::Unsigned(other)) => mine.push(other[index]),
            (Self::Signed(mine), Self::Signed(other)) => mine.push(other[index]),
            (Self::Float(mine), Self::Float(other)) => mine.push(other[index]),
            (Self::Histogram(mine), Self::Histogram(other)) => mine.push(other[index].clone()),
            (Self::Exponential(mine), Self::Exponential(other)) => {
                mine.push(other[index].clone());
            }
            (Self::Summary(mine), Self::Summary(other)) => mine.push(other[index].clone()),
            (Self::Float(mine), other) => mine.extend(other.float(index)),
            _ => {
                if let (Some(mut mine), Some(other)) = (self.floats(), other.float(index)) {
                    mine.push(other);
                    *self = Self::Float(mine);
                }
            }
        }
    }

    /// All values as floats, where they are numbers.
    fn floats(&self) -> Option<Vec<f64>> {
        (0..self.len()).map(|index| self.float(index)).collect()
    }

    fn float(&self, index: usize) -> Option<f64> {
        match self.get(index)? {
            Value::Unsigned(value) => Some(value as f64),
            Value::Signed(value) => Some(value as f64),
            Value::Float(value) => Some(value),
            _ => None,
        }
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
    /// Quantiles of a distribution.
    Summary(&'a SummaryValue),
}

impl Value<'_> {
    /// The value as a float; that of a distribution is its sum.
    ///
    /// Whole numbers beyond 2⁵³ are rounded.
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Unsigned(value) => value as f64,
            Self::Signed(value) => value as f64,
            Self::Float(value) => value,
            Self::Histogram(value) => value.sum(),
            Self::Exponential(value) => value.sum(),
            Self::Summary(value) => value.sum(),
        }
    }

    /// The number of observations of a distribution; `None` for a number.
    pub fn count(self) -> Option<u64> {
        match self {
            Self::Unsigned(_) | Self::Signed(_) | Self::Float(_) => None,
            Self::Histogram(value) => Some(value.count()),
            Self::Exponential(value) => Some(value.count()),
            Self::Summary(value) => Some(value.count()),
        }
    }
}
