//! The bounds of exponential buckets.

/// The finest schema, of 2⁸ buckets per doubling.
pub(super) const FINEST: i32 = 8;

/// The coarsest schema; a bucket spans 2⁴ doublings.
pub(super) const COARSEST: i32 = -4;

/// Bounds in a doubling at the finest schema.
const BOUNDS: usize = 1 << FINEST;

const MANTISSA_BITS: u32 = f64::MANTISSA_DIGITS - 1;

/// The mantissa bits of 2^(k/256) for each k from 0, correctly rounded.
const MANTISSAS: [u64; BOUNDS] = mantissas();

/// Halves the doubling by square roots of integers with 63 fraction bits.
///
/// The engine does the same for its own, coarser buckets; a dependency between
/// the two crates would be worse than the twenty lines twice.
const fn mantissas() -> [u64; BOUNDS] {
    let mut powers = [1 << 63; BOUNDS];
    let mut coarser = 1;
    while coarser < BOUNDS {
        let mut finer = powers;
        let mut k = 0;
        while k < 2 * coarser {
            // The root of 2^(k/coarser), which is 1 to 4.
            let square = (powers[k % coarser] as u128) << (63 + k / coarser);
            finer[k] = square.isqrt() as u64;
            k += 1;
        }
        powers = finer;
        coarser *= 2;
    }
    let mut k = 0;
    while k < BOUNDS {
        // Rounds to nearest; no power is half-way between two.
        powers[k] = (((powers[k] >> 10) + 1) >> 1) - (1 << MANTISSA_BITS);
        k += 1;
    }
    powers
}

/// The upper bound of positive bucket `index`: 2^(index/2^schema).
///
/// As in Prometheus, the bucket that ends where the floats do ends at the
/// largest of them, and the one behind it at infinity:
/// <https://github.com/prometheus/prometheus/blob/main/model/histogram/generic.go>
pub(super) fn upper_bound(schema: i32, index: i64) -> f64 {
    let exponent = if schema < 0 {
        index << -schema
    } else {
        index >> schema
    };
    let k = if schema > 0 {
        (index & ((1 << schema) - 1)) << (FINEST - schema)
    } else {
        0
    };
    let mantissa = MANTISSAS[k.unsigned_abs() as usize];
    match exponent {
        ..-1022 => {
            // Subnormal: scaled down in a multiplication that rounds once.
            let exponent = exponent.max(-1100) + 200;
            float(exponent, mantissa) * float(-200, 0)
        }
        -1022..1024 => float(exponent, mantissa),
        1024 if mantissa == 0 => f64::MAX,
        _ => f64::INFINITY,
    }
}

/// 2^exponent with `mantissa` behind the point, for a normal float.
fn float(exponent: i64, mantissa: u64) -> f64 {
    let biased = (exponent + 1023).cast_unsigned();
    f64::from_bits((biased << MANTISSA_BITS) + mantissa)
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "bounds are exact")]
mod tests {
    use super::*;

    /// The square of a number of 32-bit digits, the lowest first.
    fn square(digits: &[u64]) -> Vec<u64> {
        let mut out = vec![0; 2 * digits.len()];
        for (i, a) in digits.iter().enumerate() {
            let mut carry = 0;
            for (j, b) in digits.iter().enumerate() {
                let sum = out[i + j] + a * b + carry;
                out[i + j] = sum & 0xffff_ffff;
                carry = sum >> 32;
            }
            out[i + digits.len()] = carry;
        }
        out
    }

    /// The number of bits in `n` to the power of 2^`squarings`.
    fn bits_of_power(n: u64, squarings: i32) -> u64 {
        let mut digits = vec![n & 0xffff_ffff, n >> 32];
        for _ in 0..squarings {
            digits = square(&digits);
        }
        while digits.last() == Some(&0) {
            digits.pop();
        }
        let top = digits.last().map_or(0, |top| 64 - top.leading_zeros());
        32 * (digits.len() as u64 - 1) + u64::from(top)
    }

    #[test]
    fn each_power_is_the_nearest_float() {
        for (k, mantissa) in MANTISSAS.into_iter().enumerate() {
            // Half a unit below and above, as integers scaled by 2^53: the power
            // of two 2^(k + 53 * 256) lies between their 256th powers.
            let scaled = 2 * ((1 << MANTISSA_BITS) + mantissa);
            let exponent = k as u64 + 53 * BOUNDS as u64;
            assert!(bits_of_power(scaled - 1, FINEST) <= exponent, "{k}");
            assert!(bits_of_power(scaled + 1, FINEST) > exponent, "{k}");
        }
    }

    #[test]
    fn bounds_are_powers_of_the_schemas_base() {
        assert_eq!(upper_bound(0, 0), 1.0);
        assert_eq!(upper_bound(0, -3), 0.125);
        assert_eq!(upper_bound(1, 1), std::f64::consts::SQRT_2);
        assert_eq!(upper_bound(3, -8), 0.5);
        assert_eq!(upper_bound(8, 257), 2.0 * upper_bound(8, 1));
        assert_eq!(upper_bound(-4, 1), 65536.0);
        assert_eq!(upper_bound(-1, -1), 0.25);
    }

    #[test]
    fn the_ends_of_the_floats_are_bounds() {
        assert_eq!(upper_bound(0, 1024), f64::MAX);
        assert_eq!(upper_bound(0, 1025), f64::INFINITY);
        assert_eq!(upper_bound(8, 1024 * 256 + 1), f64::INFINITY);
        assert_eq!(upper_bound(-4, 64), f64::MAX);
        assert_eq!(upper_bound(0, i64::from(i32::MAX)), f64::INFINITY);
        assert_eq!(upper_bound(0, -1022), f64::MIN_POSITIVE);
        assert_eq!(upper_bound(0, -1074), 5e-324);
        assert_eq!(upper_bound(1, -1074 * 2 + 1), 5e-324);
        assert_eq!(upper_bound(0, i64::from(i32::MIN)), 0.0);
    }
}
