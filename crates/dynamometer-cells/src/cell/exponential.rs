//! Resolution and range of exponential buckets, and what is wrong with them.

use std::fmt;
use std::ops::RangeInclusive;

use crate::cell::powers::FINEST;

/// Cells that one histogram may have.
pub(super) const MOST_CELLS: usize = 65_000;

/// Powers of two that are normal floats.
pub(super) const EXPONENTS: RangeInclusive<i32> = f64::MIN_EXP - 1..=f64::MAX_EXP - 1;

/// Resolution and range of exponential buckets.
///
/// Defaults to eight buckets per doubling, each 9 % wider than the one before,
/// from 2⁻³⁰ to 2³⁴ and not signed: nanoseconds to centuries, or bytes to 16 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ExponentialLayout {
    /// Prometheus' schema, OpenTelemetry's scale: 2^schema buckets per doubling;
    /// from 0 to 5.
    pub schema: i32,
    /// Magnitudes up to two to this power count as zero; at least -1022.
    pub min_exponent: i32,
    /// Magnitudes beyond two to this power share one cell; at most 1023.
    pub max_exponent: i32,
    /// Negative values have buckets too, mirrored.
    pub is_signed: bool,
}

impl Default for ExponentialLayout {
    fn default() -> Self {
        Self {
            schema: 3,
            min_exponent: -30,
            max_exponent: 34,
            is_signed: false,
        }
    }
}

/// Why a layout was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExponentialError {
    /// The schema is not one that has cells.
    Schema {
        /// The schema.
        schema: i32,
    },
    /// A bound of the range is not a normal float.
    Exponent {
        /// Its exponent.
        exponent: i32,
    },
    /// The range is empty.
    Empty {
        /// The exponent of its lower bound.
        min: i32,
        /// The exponent of its upper bound.
        max: i32,
    },
    /// There are more cells than a histogram may have.
    TooMany {
        /// How many there are.
        cells: usize,
    },
}

impl fmt::Display for ExponentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema { schema } => {
                write!(
                    f,
                    "schema {schema} has no cells; use one from 0 to {FINEST}"
                )
            }
            Self::Exponent { exponent } => write!(
                f,
                "two to the power of {exponent} is no bound for buckets; \
                 use an exponent from {} to {}",
                EXPONENTS.start(),
                EXPONENTS.end()
            ),
            Self::Empty { min, max } => write!(
                f,
                "buckets from two to the power of {min} end at {max} already"
            ),
            Self::TooMany { cells } => write!(
                f,
                "the buckets take {cells} cells, at most {MOST_CELLS} are possible; \
                 use a lower schema or a narrower range"
            ),
        }
    }
}

impl std::error::Error for ExponentialError {}
