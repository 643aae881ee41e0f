//! The upper bounds of a histogram's buckets, and the search for a value's.

use std::fmt;

/// Buckets that one histogram may have, besides `+Inf`.
const MOST_BOUNDS: usize = 4096;

/// Entries of the exponent table; at two bytes each it stays in the L1 cache.
const MOST_ENTRIES: i64 = 1024;

/// Mantissa bits in an `f64`.
const MANTISSA_BITS: u32 = f64::MANTISSA_DIGITS - 1;

/// Sorted, finite upper bounds; a value belongs to the first that is not less.
///
/// The search looks the value's exponent, and as many bits of its mantissa as
/// are needed to tell neighbours apart, up in a table that holds the first
/// candidate, and compares with that one bound. Bounds so close together that
/// no table of 1024 entries tells them apart are searched by halving.
#[derive(Clone, Debug, PartialEq)]
pub struct Bounds {
    /// The bounds, and `+Inf` behind them.
    upper: Box<[f64]>,
    /// For each key, how many bounds lie below every value of that key.
    below: Box<[u16]>,
    first_key: i64,
    shift: u32,
    /// No key holds two bounds.
    is_exact: bool,
}

/// The search table of [`Bounds`], as recorders in other languages use it.
#[derive(Clone, Copy, Debug)]
pub struct BoundsTable<'b> {
    /// The bounds, and `+Inf` behind them.
    pub upper: &'b [f64],
    /// For each key, how many bounds lie below every value of that key.
    pub below: &'b [u16],
    /// The key of the first entry.
    pub first_key: i64,
    /// A value's key is its bits, as a signed number, from this one on.
    pub shift: u32,
    /// No key holds two bounds: one more comparison decides.
    pub is_exact: bool,
}

/// Why a list of bounds was refused.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum BoundsError {
    /// There is no bound at all.
    Empty,
    /// A bound is NaN or infinite; `+Inf` is always there and not listed.
    NotFinite {
        /// Position in the list, from 0.
        index: usize,
        /// The bound.
        value: f64,
    },
    /// A bound is not greater than the one before it.
    NotIncreasing {
        /// Position in the list, from 0.
        index: usize,
        /// The bound.
        value: f64,
        /// The one before it.
        previous: f64,
    },
    /// There are more bounds than a histogram may have.
    TooMany {
        /// How many there are.
        count: usize,
    },
}

impl fmt::Display for BoundsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no bucket bounds given; list at least one"),
            Self::NotFinite { index, value } => write!(
                f,
                "bucket bound {value} at position {index} is not finite; \
                 the +Inf bucket is always there, leave it out"
            ),
            Self::NotIncreasing {
                index,
                value,
                previous,
            } => write!(
                f,
                "bucket bound {value} at position {index} is not greater than {previous} before it"
            ),
            Self::TooMany { count } => {
                write!(
                    f,
                    "{count} bucket bounds given, at most {MOST_BOUNDS} are possible"
                )
            }
        }
    }
}

impl std::error::Error for BoundsError {}

impl Bounds {
    /// Checks bounds and builds their search table.
    ///
    /// # Errors
    ///
    /// Says which bound is wrong: none at all, NaN, infinite, out of order,
    /// twice the same, or more than 4096.
    pub fn new(upper: &[f64]) -> Result<Self, BoundsError> {
        if upper.is_empty() {
            return Err(BoundsError::Empty);
        }
        if upper.len() > MOST_BOUNDS {
            return Err(BoundsError::TooMany { count: upper.len() });
        }
        if let Some(index) = upper.iter().position(|bound| !bound.is_finite()) {
            return Err(BoundsError::NotFinite {
                index,
                value: upper[index],
            });
        }
        if let Some(index) = upper.windows(2).position(|pair| pair[0] >= pair[1]) {
            let (previous, value) = (upper[index], upper[index + 1]);
            return Err(BoundsError::NotIncreasing {
                index: index + 1,
                value,
                previous,
            });
        }
        Ok(Self::build(upper))
    }

    /// No bounds: one bucket for everything, as a no-op histogram has.
    pub fn none() -> Self {
        Self::build(&[])
    }

    fn build(upper: &[f64]) -> Self {
        let shifts = (MANTISSA_BITS - 8..=MANTISSA_BITS).rev();
        let tables: Vec<Self> = shifts
            .map_while(|shift| Self::with_shift(upper, shift))
            .collect();
        let exact = tables.iter().position(|table| table.is_exact);
        let best = exact.unwrap_or(tables.len().saturating_sub(1));
        tables.into_iter().nth(best).unwrap_or_else(|| Self {
            upper: with_infinity(upper),
            below: Box::new([0]),
            first_key: 0,
            shift: 63,
            is_exact: upper.len() <= 1,
        })
    }

    /// Builds the table that keys values by their bits from `shift` on.
    fn with_shift(upper: &[f64], shift: u32) -> Option<Self> {
        let positive = upper.iter().position(|bound| *bound > 0.0)?;
        // The first key takes every value below the first positive bound's key.
        let first_key = key_of(upper[positive], shift) - 1;
        let entries = key_of(*upper.last()?, shift) - first_key + 2;
        if entries > MOST_ENTRIES {
            return None;
        }
        let key = |bound: f64| key_of(bound, shift).max(first_key);
        let below = (first_key..first_key + entries)
            .map(|at| upper.partition_point(|bound| key(*bound) < at) as u16)
            .collect();
        let is_exact = upper.windows(2).all(|pair| key(pair[0]) != key(pair[1]));
        Some(Self {
            upper: with_infinity(upper),
            below,
            first_key,
            shift,
            is_exact,
        })
    }

    /// The bucket of `value`: how many bounds are less than it.
    #[inline(always)]
    pub fn index_of(&self, value: f64) -> usize {
        let last = self.below.len() - 1;
        let key = (key_of(value, self.shift) - self.first_key)
            .max(0)
            .cast_unsigned();
        let key = (key as usize).min(last);
        let below = usize::from(self.below[key]);
        if self.is_exact {
            below + usize::from(self.upper[below] < value)
        } else {
            self.halve(value, key)
        }
    }

    #[cold]
    fn halve(&self, value: f64, key: usize) -> usize {
        let below = usize::from(self.below[key]);
        let end = self
            .below
            .get(key + 1)
            .map_or(self.upper.len() - 1, |&end| usize::from(end));
        below + self.upper[below..end].partition_point(|bound| *bound < value)
    }

    /// The bounds, without `+Inf`.
    pub fn upper(&self) -> &[f64] {
        &self.upper[..self.upper.len() - 1]
    }

    /// What [`index_of`](Self::index_of) searches.
    pub fn table(&self) -> BoundsTable<'_> {
        BoundsTable {
            upper: &self.upper,
            below: &self.below,
            first_key: self.first_key,
            shift: self.shift,
            is_exact: self.is_exact,
        }
    }

    /// The number of buckets, with `+Inf`.
    pub fn buckets(&self) -> usize {
        self.upper.len()
    }
}

/// The bits of `value` from `shift` on, as a number that grows with the value.
///
/// Negative values come out negative, and are below every key of the table.
#[inline(always)]
fn key_of(value: f64, shift: u32) -> i64 {
    value.to_bits().cast_signed() >> shift
}

fn with_infinity(upper: &[f64]) -> Box<[f64]> {
    upper.iter().copied().chain([f64::INFINITY]).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_definition(upper: &[f64], value: f64) -> usize {
        upper.iter().filter(|bound| **bound < value).count()
    }

    fn assert_all_neighbours(upper: &[f64]) {
        let bounds = Bounds::new(upper).unwrap();
        let edges = [
            f64::NEG_INFINITY,
            f64::MIN,
            -1.0,
            -0.0,
            0.0,
            f64::MIN_POSITIVE,
            5e-324,
        ];
        let around = upper.iter().flat_map(|b| [b.next_down(), *b, b.next_up()]);
        for value in around.chain(edges).chain([f64::MAX, f64::INFINITY]) {
            assert_eq!(
                bounds.index_of(value),
                by_definition(upper, value),
                "{value} in {upper:?}"
            );
        }
    }

    #[test]
    fn a_value_equal_to_a_bound_belongs_to_its_bucket() {
        let bounds = Bounds::new(&[0.1, 1.0]).unwrap();
        assert_eq!(bounds.index_of(0.1), 0);
        assert_eq!(bounds.index_of(0.100_000_1), 1);
        assert_eq!(bounds.index_of(1.0), 1);
        assert_eq!(bounds.index_of(1.1), 2);
    }

    #[test]
    fn the_catalogues_bounds_need_one_comparison() {
        let lists: [&[f64]; 4] = [
            &[
                0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
            ],
            &[
                0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0,
                120.0, 300.0, 600.0,
            ],
            &[0.0, 1.9, 3.4, 6.3, 12.0, 22.0, 40.0, 75.0, 140.0, 260.0],
            &[
                0.0, 0.0022, 0.0047, 0.01, 0.022, 0.047, 0.1, 0.22, 0.47, 1.0, 2.2, 4.7, 10.0,
                22.0, 48.0, 100.0, 220.0, 480.0,
            ],
        ];
        for upper in lists {
            assert!(Bounds::new(upper).unwrap().is_exact, "{upper:?}");
            assert_all_neighbours(upper);
        }
    }

    #[test]
    fn negative_zero_huge_and_crowded_bounds_are_found() {
        assert_all_neighbours(&[-10.0, -1.0, 0.0, 1.0]);
        assert_all_neighbours(&[-3.0, -2.0, -1.0]);
        assert_all_neighbours(&[1.0, 1.0_f64.next_up(), 2.0]);
        assert_all_neighbours(&[f64::MIN_POSITIVE, 1.0, f64::MAX]);
        assert_all_neighbours(&[0.0]);
    }

    #[test]
    fn wrong_bounds_are_refused_with_their_position() {
        let error = |upper: &[f64]| Bounds::new(upper).unwrap_err();
        assert_eq!(error(&[]), BoundsError::Empty);
        assert!(matches!(
            error(&[1.0, f64::NAN]),
            BoundsError::NotFinite { index: 1, .. }
        ));
        assert!(matches!(
            error(&[1.0, f64::INFINITY]),
            BoundsError::NotFinite { index: 1, .. }
        ));
        assert!(matches!(
            error(&[1.0, 1.0]),
            BoundsError::NotIncreasing { index: 1, .. }
        ));
        assert!(matches!(
            error(&[2.0, 1.0]),
            BoundsError::NotIncreasing { index: 1, .. }
        ));
        assert_eq!(
            error(&vec![0.0; 5000]),
            BoundsError::TooMany { count: 5000 }
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 2 } else { 256 }))]

        #[test]
        fn any_bounds_find_the_bucket_of_any_value(
            upper in prop::collection::btree_set(any::<i64>().prop_map(|b| b ^ ((b >> 63) & i64::MAX)), 1..80),
            values in prop::collection::vec(any::<f64>(), 1..200),
        ) {
            // Ordered bit patterns make every exponent as likely as any other.
            let mut upper: Vec<f64> = upper
                .into_iter()
                .map(|bits| f64::from_bits(bits.cast_unsigned()))
                .filter(|bound| bound.is_finite())
                .collect();
            upper.sort_by(f64::total_cmp);
            upper.dedup();
            prop_assume!(!upper.is_empty());
            let bounds = Bounds::new(&upper).map_err(|e| TestCaseError::fail(e.to_string()))?;
            for value in values.into_iter().filter(|value| !value.is_nan()) {
                prop_assert_eq!(bounds.index_of(value), by_definition(&upper, value));
            }
        }
    }
}
