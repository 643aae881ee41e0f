//! The fractional powers of two that bound exponential buckets.

/// How often an octave is halved for the finest buckets.
pub(super) const FINEST: u32 = 5;

/// Bounds in an octave of the finest buckets.
const BOUNDS: usize = 1 << FINEST;

/// Mantissa bits in an `f64`.
pub(super) const MANTISSA_BITS: u32 = f64::MANTISSA_DIGITS - 1;

/// The mantissa bits of 2^(k/32) for each k from 0, correctly rounded.
pub(super) const MANTISSAS: [u64; BOUNDS] = mantissas();

/// Halves the octave by square roots of integers with 63 fraction bits.
///
/// A root loses less than two of their last bits, 2⁻⁹ of what a mantissa holds;
/// that no power lies so close to a rounding edge is a test's to show.
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

#[cfg(test)]
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
    fn bits_of_power(n: u64, squarings: u32) -> u64 {
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
    #[cfg_attr(miri, ignore = "long arithmetic, and nothing but that")]
    fn each_power_is_the_nearest_float() {
        for (k, mantissa) in MANTISSAS.into_iter().enumerate() {
            // Half a unit below and above, as integers scaled by 2^53: the power
            // of two 2^(k + 53 * 32) lies between their 32nd powers.
            let scaled = 2 * ((1 << MANTISSA_BITS) + mantissa);
            let exponent = k as u64 + 53 * BOUNDS as u64;
            assert!(bits_of_power(scaled - 1, FINEST) <= exponent, "{k}");
            assert!(bits_of_power(scaled + 1, FINEST) > exponent, "{k}");
        }
    }
}
