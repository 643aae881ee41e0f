//! The cells of exponential buckets, and the arithmetic that finds a value's.

use std::ops::Range;

use crate::cell::exponential::{EXPONENTS, ExponentialError, ExponentialLayout, MOST_CELLS};
use crate::cell::powers::{FINEST, MANTISSA_BITS, MANTISSAS};

const MANTISSA: u64 = (1 << MANTISSA_BITS) - 1;

/// What an `f64` adds to its exponent.
const BIAS: i32 = f64::MAX_EXP - 1;

/// Slices of an octave, so many that the closest bounds lie in two.
const SLICES: usize = 2 << FINEST;

const SLICE_SHIFT: u32 = MANTISSA_BITS - SLICES.ilog2();

/// The cells of a histogram with exponential buckets.
///
/// Bucket `i` of schema `s` holds what lies above 2^((i-1)/2^s), up to and with
/// 2^(i/2^s): Prometheus' index, one more than OpenTelemetry's. Negative buckets
/// hold the same magnitudes.
///
/// Cell 0 is the zero bucket. A cell per bucket follows, and behind it one for
/// all that is beyond the range, infinity too. Readers get that one as the bucket
/// next to the last: sum and count stay right, but a quantile or a bound taken
/// from it is too close to zero. In a signed layout the cells of negative buckets
/// come last, in the same order.
#[derive(Clone, Debug, PartialEq)]
pub struct ExponentialBuckets {
    layout: ExponentialLayout,
    /// Values from here on have cells.
    lowest: f64,
    /// Octave and bucket in it, as counted from the lowest float, of cell 0.
    first: u64,
    /// The cell of what is beyond the range.
    last: u64,
    /// From a positive cell to its negative one; 0 where there are none.
    mirror: u64,
    /// What to add to a mantissa, for each slice of an octave, so that the bits
    /// above the mantissa become the number of bounds below it.
    steps: [u64; SLICES],
}

/// The arithmetic of [`ExponentialBuckets`], as recorders in other languages do it.
#[derive(Clone, Copy, Debug)]
pub struct ExponentialTable<'b> {
    /// What to add to a mantissa, by its upper six bits.
    pub steps: &'b [u64; SLICES],
    /// Values from here on have cells.
    pub lowest: f64,
    /// Octave and bucket in it, as counted from the lowest float, of cell 0.
    pub first: u64,
    /// The cell of what is beyond the range.
    pub last: u64,
    /// From a positive cell to its negative one; 0 where there are none.
    pub mirror: u64,
}

impl ExponentialBuckets {
    /// Checks a layout and builds its table.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the layout: the schema, an exponent, an empty
    /// range, or more than 65 000 cells.
    pub fn new(layout: ExponentialLayout) -> Result<Self, ExponentialError> {
        let ExponentialLayout {
            schema,
            min_exponent: min,
            max_exponent: max,
            is_signed,
        } = layout;
        if !(0..=FINEST as i32).contains(&schema) {
            return Err(ExponentialError::Schema { schema });
        }
        if let Some(exponent) = [min, max].into_iter().find(|e| !EXPONENTS.contains(e)) {
            return Err(ExponentialError::Exponent { exponent });
        }
        if min >= max {
            return Err(ExponentialError::Empty { min, max });
        }
        let last = u64::from(max.abs_diff(min) << schema) + 1;
        let built = Self {
            layout,
            lowest: if is_signed { f64::NEG_INFINITY } else { 0.0 },
            first: u64::from((min + BIAS).unsigned_abs() << schema),
            last,
            mirror: if is_signed { last } else { 0 },
            steps: steps(schema.unsigned_abs()),
        };
        match built.cells() {
            cells if cells > MOST_CELLS => Err(ExponentialError::TooMany { cells }),
            _ => Ok(built),
        }
    }

    /// True where `value` has a cell: not NaN, and not below an unsigned layout.
    ///
    /// One comparison; a recorder that keeps both out needs no other.
    #[inline(always)]
    pub fn admits(&self, value: f64) -> bool {
        value >= self.lowest
    }

    /// The cell of `value`.
    ///
    /// What [`admits`](Self::admits) refuses gets a cell too, but a wrong one: a
    /// negative value that of its magnitude, NaN that of infinity.
    #[inline(always)]
    pub fn index_of(&self, value: f64) -> usize {
        let bits = value.abs().to_bits();
        let mantissa = bits & MANTISSA;
        let step = self.steps[(mantissa >> SLICE_SHIFT) as usize];
        let bounds_below = (mantissa + step) >> MANTISSA_BITS;
        let bucket = ((bits >> MANTISSA_BITS) << self.layout.schema) + bounds_below;
        let cell = bucket.saturating_sub(self.first).min(self.last);
        let is_mirrored = value.is_sign_negative() && cell != 0;
        (cell + if is_mirrored { self.mirror } else { 0 }) as usize
    }

    /// What [`index_of`](Self::index_of) computes with.
    pub fn table(&self) -> ExponentialTable<'_> {
        ExponentialTable {
            steps: &self.steps,
            lowest: self.lowest,
            first: self.first,
            last: self.last,
            mirror: self.mirror,
        }
    }

    /// The number of cells.
    pub fn cells(&self) -> usize {
        (1 + self.last + self.mirror) as usize
    }

    /// The cells of positive buckets, in the order of their indices.
    pub fn positive(&self) -> Range<usize> {
        1..self.last as usize + 1
    }

    /// The cells of negative buckets, in the order of their indices.
    pub fn negative(&self) -> Range<usize> {
        let first = self.last as usize + 1;
        first..first + self.mirror as usize
    }

    /// Prometheus' index of the bucket in `cell`; `None` for the zero bucket.
    ///
    /// A negative bucket has the index of its positive one.
    pub fn native_index(&self, cell: usize) -> Option<i32> {
        let above_zero = cell.checked_sub(1)? % self.last as usize;
        Some((self.layout.min_exponent << self.layout.schema) + 1 + above_zero as i32)
    }

    /// Magnitudes up to this one are in the zero bucket.
    pub fn zero_threshold(&self) -> f64 {
        let biased = self.layout.min_exponent + BIAS;
        f64::from_bits(u64::from(biased.unsigned_abs()) << MANTISSA_BITS)
    }

    /// Prometheus' schema, which is OpenTelemetry's scale.
    pub fn schema(&self) -> i32 {
        self.layout.schema
    }

    /// What these buckets were built from.
    pub fn layout(&self) -> &ExponentialLayout {
        &self.layout
    }
}

fn steps(schema: u32) -> [u64; SLICES] {
    let bounds = || MANTISSAS.into_iter().step_by(1 << (FINEST - schema));
    std::array::from_fn(|slice| {
        let slice = slice as u64;
        let below = bounds()
            .filter(|bound| bound >> SLICE_SHIFT < slice)
            .count() as u64;
        let inside = bounds().find(|bound| bound >> SLICE_SHIFT == slice);
        // The sum carries into the exponent where the mantissa exceeds the bound.
        (below << MANTISSA_BITS) + inside.map_or(0, |bound| MANTISSA - bound)
    })
}

impl Default for ExponentialBuckets {
    fn default() -> Self {
        Self::new(ExponentialLayout::default()).expect("the default layout is valid")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn layout(schema: i32, min_exponent: i32, max_exponent: i32) -> ExponentialLayout {
        ExponentialLayout {
            schema,
            min_exponent,
            max_exponent,
            is_signed: false,
        }
    }

    fn buckets(layout: ExponentialLayout) -> ExponentialBuckets {
        ExponentialBuckets::new(layout).unwrap()
    }

    /// 2^exponent, with `mantissa` behind the point.
    fn float(exponent: i32, mantissa: u64) -> f64 {
        let biased = u64::from((exponent + BIAS).cast_unsigned());
        f64::from_bits((biased << MANTISSA_BITS) + mantissa)
    }

    /// The upper bounds of all cells that have one, from the zero bucket's on.
    fn upper_bounds(layout: ExponentialLayout) -> Vec<f64> {
        let per_octave = 1_i32 << layout.schema;
        let bound = |index: i32| {
            let k = index.rem_euclid(per_octave) << (FINEST as i32 - layout.schema);
            float(
                index.div_euclid(per_octave),
                MANTISSAS[k.cast_unsigned() as usize],
            )
        };
        let indices = layout.min_exponent * per_octave..=layout.max_exponent * per_octave;
        indices.map(bound).collect()
    }

    /// The cell by comparing with sorted bounds.
    fn by_definition(upper: &[f64], is_signed: bool, value: f64) -> usize {
        let cell = upper.partition_point(|bound| *bound < value.abs());
        let is_mirrored = is_signed && cell > 0 && value < 0.0;
        cell + if is_mirrored { upper.len() } else { 0 }
    }

    fn assert_by_definition(layout: ExponentialLayout, values: impl IntoIterator<Item = f64>) {
        let (buckets, upper) = (buckets(layout), upper_bounds(layout));
        for value in values.into_iter().filter(|value| buckets.admits(*value)) {
            assert_eq!(
                buckets.index_of(value),
                by_definition(&upper, layout.is_signed, value),
                "{value:e} in {layout:?}"
            );
        }
    }

    #[test]
    fn every_bound_is_in_its_bucket_and_what_follows_is_in_the_next() {
        let (octaves, schemas) = if cfg!(miri) { (1, 3..=3) } else { (64, 0..=5) };
        for schema in schemas {
            for is_signed in [false, true] {
                let layout = ExponentialLayout {
                    is_signed,
                    ..layout(schema, -octaves, octaves)
                };
                let around = upper_bounds(layout)
                    .into_iter()
                    .flat_map(|bound| [bound.next_down(), bound, bound.next_up()])
                    .flat_map(|value| [value, -value]);
                assert_by_definition(layout, around);
            }
        }
    }

    #[test]
    fn the_ends_of_the_floats_have_cells() {
        let ends = [
            0.0,
            -0.0,
            5e-324,
            f64::MIN_POSITIVE.next_down(),
            f64::MIN_POSITIVE,
            f64::MIN_POSITIVE.next_up(),
            f64::MAX.next_down(),
            f64::MAX,
            f64::INFINITY,
        ];
        let ends = || ends.into_iter().flat_map(|value| [value, -value]);
        assert_by_definition(layout(3, -1022, 1023), ends());
        assert_by_definition(layout(0, -1022, -1021), ends());
        assert_by_definition(layout(5, 1022, 1023), ends());
        let signed = ExponentialLayout {
            is_signed: true,
            ..ExponentialLayout::default()
        };
        assert_by_definition(signed, ends());
        let nan = f64::from_bits(u64::MAX);
        assert!(buckets(signed).index_of(nan) < buckets(signed).cells());
        assert!(buckets(layout(0, 0, 1)).index_of(nan) < 3);
    }

    #[test]
    fn indices_are_those_of_prometheus() {
        let of_one = |schema, value| {
            let buckets = buckets(layout(schema, -10, 10));
            buckets.native_index(buckets.index_of(value)).unwrap()
        };
        assert_eq!(of_one(0, 1.0), 0);
        assert_eq!(of_one(0, 1.5), 1);
        assert_eq!(of_one(0, 2.0), 1);
        assert_eq!(of_one(0, 0.75), 0);
        assert_eq!(of_one(3, 1.0), 0);
        assert_eq!(of_one(3, 1.0_f64.next_up()), 1);
        assert_eq!(of_one(3, 0.5), -8);
        assert_eq!(of_one(3, 2000.0), 81, "beyond the range: next to the last");
    }

    #[test]
    fn cells_and_indices_lead_to_each_other() {
        let signed = buckets(ExponentialLayout {
            is_signed: true,
            ..layout(1, -1, 1)
        });
        assert_eq!((signed.positive(), signed.negative()), (1..6, 6..11));
        assert_eq!(signed.cells(), 11);
        let indices: Vec<_> = (0..11)
            .filter_map(|cell| signed.native_index(cell))
            .collect();
        assert_eq!(indices, [-1, 0, 1, 2, 3, -1, 0, 1, 2, 3]);
        let unsigned = buckets(ExponentialLayout::default());
        assert_eq!((unsigned.cells(), unsigned.negative().len()), (514, 0));
        assert_eq!(unsigned.native_index(1), Some(-30 * 8 + 1));
        assert_eq!(unsigned.zero_threshold().to_bits(), float(-30, 0).to_bits());
        assert_eq!(unsigned.schema(), 3);
    }

    #[test]
    fn nan_and_negatives_of_an_unsigned_layout_are_not_admitted() {
        let unsigned = buckets(ExponentialLayout::default());
        let refused = [f64::NAN, -5e-324, f64::NEG_INFINITY];
        assert!(refused.iter().all(|value| !unsigned.admits(*value)));
        assert!(
            [0.0, -0.0, f64::INFINITY]
                .iter()
                .all(|v| unsigned.admits(*v))
        );
        let signed = buckets(ExponentialLayout {
            is_signed: true,
            ..ExponentialLayout::default()
        });
        assert!(!signed.admits(f64::NAN) && signed.admits(f64::NEG_INFINITY));
    }

    #[test]
    fn wrong_layouts_are_refused_with_what_is_wrong() {
        let error = |schema, min, max| ExponentialBuckets::new(layout(schema, min, max)).err();
        for schema in [-1, 6, i32::MIN] {
            assert_eq!(
                error(schema, 0, 1),
                Some(ExponentialError::Schema { schema })
            );
        }
        for exponent in [-1023, 1024, i32::MIN, i32::MAX] {
            let wrong = Some(ExponentialError::Exponent { exponent });
            assert_eq!(error(0, exponent, 1), wrong);
            assert_eq!(error(0, 0, exponent), wrong);
        }
        assert_eq!(
            error(3, 4, 4),
            Some(ExponentialError::Empty { min: 4, max: 4 })
        );
        assert_eq!(
            error(5, -1022, 1023),
            Some(ExponentialError::TooMany { cells: 65_442 })
        );
        assert_eq!(error(5, -1000, 1023), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 2 } else { 256 }))]

        #[test]
        fn any_value_is_found_in_any_layout(
            schema in 0..=5,
            first in -1022..1023_i32,
            octaves in 1..100_i32,
            is_signed: bool,
            values in prop::collection::vec(any::<u64>().prop_map(f64::from_bits), 1..200),
        ) {
            let layout = ExponentialLayout {
                is_signed,
                ..layout(schema, first, (first + octaves).min(1023))
            };
            // Random bits are rarely in range: their mantissas are put there too.
            let near = values.clone().into_iter().map(|value| {
                let bits = value.to_bits();
                let octave = first - 1 + (bits >> MANTISSA_BITS) as i32 % (octaves + 2);
                float(octave.clamp(-BIAS, BIAS), bits & MANTISSA).copysign(value)
            });
            assert_by_definition(layout, near.chain(values));
        }
    }
}
