//! Numbers as the text formats write them.

/// The most bytes of a number.
pub(crate) const MOST_BYTES: usize = 26;

/// The largest float below which every whole number is exact.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// The least number of more than sixteen digits.
const SIXTEEN_DIGITS: u64 = 10_000_000_000_000_000;

/// Sixteen times the character `0`.
const ZEROS: u128 = u128::from_le_bytes([b'0'; 16]);

/// What can be the value of a line.
pub(crate) trait Number: Copy {
    /// Writes the number to the beginning of `room`, which has at least
    /// [`MOST_BYTES`], and returns how many bytes it takes.
    fn write(self, room: &mut [u8]) -> usize;
}

impl Number for u64 {
    #[inline]
    fn write(self, room: &mut [u8]) -> usize {
        if self < SIXTEEN_DIGITS {
            return write_short(self, room);
        }
        let begun = write_short(self / SIXTEEN_DIGITS, room);
        let rest = sixteen_digits(self % SIXTEEN_DIGITS) | ZEROS;
        room[begun..][..16].copy_from_slice(&rest.to_le_bytes());
        begun + 16
    }
}

/// Writes a number of up to sixteen digits.
///
/// Without a branch on how many: the values of a large page differ in it, and the
/// processor guesses wrong.
#[inline]
fn write_short(number: u64, room: &mut [u8]) -> usize {
    let digits = sixteen_digits(number);
    let leading = (digits.trailing_zeros() / 8).min(15);
    let text = (digits | ZEROS) >> (8 * leading);
    room[..16].copy_from_slice(&text.to_le_bytes());
    16 - leading as usize
}

/// The digits of a number below 10¹⁶, each a byte, the first one the lowest.
#[inline]
fn sixteen_digits(number: u64) -> u128 {
    let (first, last) = (number / 100_000_000, number % 100_000_000);
    u128::from(eight_digits(first)) | u128::from(eight_digits(last)) << 64
}

/// The digits of a number below 10⁸, each a byte, the first one the lowest.
///
/// Halved three times, all parts of a step in one word. The quotients are exact:
/// n / 100 is n · 10486 / 2²⁰ up to 10⁴, and n / 10 is n · 103 / 2¹⁰ up to 100.
#[inline]
fn eight_digits(number: u64) -> u64 {
    let fours = (number / 10_000) | (number % 10_000) << 32;
    let hundreds = ((fours * 10_486) >> 20) & 0x7f_0000_007f;
    let twos = hundreds | (fours - 100 * hundreds) << 16;
    let tens = ((twos * 103) >> 10) & 0x0f_000f_000f_000f;
    tens | (twos - 10 * tens) << 8
}

impl Number for i64 {
    #[inline]
    fn write(self, room: &mut [u8]) -> usize {
        let digits = self.unsigned_abs();
        if self >= 0 {
            return digits.write(room);
        }
        room[0] = b'-';
        1 + digits.write(&mut room[1..])
    }
}

/// In the shortest form that reads back the same: whole numbers without a
/// fraction, the special values as `+Inf`, `-Inf` and `NaN`.
impl Number for f64 {
    #[inline]
    fn write(self, room: &mut [u8]) -> usize {
        // By their bits: the negative zero keeps its fraction, and so its sign.
        let whole = self as i64 as f64;
        if self.abs() < WHOLE && whole.to_bits() == self.to_bits() {
            return (self as i64).write(room);
        }
        let mut digits = zmij::Buffer::new();
        let text = match self {
            value if value.is_nan() => "NaN",
            f64::INFINITY => "+Inf",
            f64::NEG_INFINITY => "-Inf",
            value => digits.format_finite(value),
        };
        room[..text.len()].copy_from_slice(text.as_bytes());
        text.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(value: impl Number) -> String {
        let mut room = [0; MOST_BYTES];
        let len = value.write(&mut room);
        String::from_utf8(room[..len].to_vec()).unwrap()
    }

    #[test]
    fn floats_are_written_in_their_shortest_form() {
        assert_eq!(written(0.15 + 0.05), "0.2");
        assert_eq!(written(6.0), "6");
        assert_eq!(written(-3.0), "-3");
        assert_eq!(written(0.0), "0");
        assert_eq!(written(-0.0), "-0.0");
        assert_eq!(written(f64::INFINITY), "+Inf");
        assert_eq!(written(f64::NEG_INFINITY), "-Inf");
        assert_eq!(written(f64::NAN), "NaN");
        assert_eq!(written(f64::NAN.copysign(-1.0)), "NaN");
        assert_eq!(written(f64::MIN_POSITIVE).len(), MOST_BYTES - 3);
    }

    #[test]
    fn whole_numbers_are_written_as_they_are_up_to_their_ends() {
        let powers = (0..20).map(|digits| 10_u64.pow(digits));
        let values = powers.flat_map(|power| [power - 1, power, power + 1]);
        for value in values.chain([u64::MAX]) {
            assert_eq!(written(value), value.to_string());
        }
        for value in [i64::MIN, -100, -1, 0, i64::MAX] {
            assert_eq!(written(value), value.to_string());
        }
    }

    proptest! {
        #[test]
        fn any_whole_number_is_written_as_it_is(value in any::<u64>(), shift in 0..64_u32) {
            prop_assert_eq!(written(value >> shift), (value >> shift).to_string());
        }

        #[test]
        fn any_float_reads_back_the_same(value in any::<f64>()) {
            let read: f64 = written(value).parse().unwrap_or(f64::NAN);
            prop_assert!(read.to_bits() == value.to_bits() || read.is_nan() && value.is_nan());
        }
    }
}
