//! Numbers as the text formats write them.

/// The most bytes of a number.
pub(crate) const MOST_BYTES: usize = 26;

/// The largest float below which every whole number is exact.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// The digits of 0 to 99.
const PAIRS: [[u8; 2]; 100] = pairs();

const fn pairs() -> [[u8; 2]; 100] {
    let mut pairs = [[0; 2]; 100];
    let mut n = 0;
    while n < pairs.len() {
        pairs[n] = [b'0' + n as u8 / 10, b'0' + n as u8 % 10];
        n += 1;
    }
    pairs
}

/// What can be the value of a line.
pub(crate) trait Number: Copy {
    /// Writes the number to the beginning of `room`, which has at least
    /// [`MOST_BYTES`], and returns how many bytes it takes.
    fn write(self, room: &mut [u8]) -> usize;
}

impl Number for u64 {
    #[inline]
    fn write(self, room: &mut [u8]) -> usize {
        let len = self.checked_ilog10().unwrap_or(0) as usize + 1;
        let room = &mut room[..len];
        let (mut rest, mut end) = (self, len);
        while rest >= 100 {
            end -= 2;
            room[end..end + 2].copy_from_slice(&PAIRS[(rest % 100) as usize]);
            rest /= 100;
        }
        let [ten, one] = PAIRS[rest as usize];
        if rest >= 10 {
            room[end - 2] = ten;
        }
        room[end - 1] = one;
        len
    }
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
        for value in [0, 1, 9, 10, 11, 99, 100, 101, 999, 1000, u64::MAX] {
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
