//! Numbers, as both text formats write them.
//!
//! An optional sign and either decimal digits with at most one point and an
//! exponent, or `inf`, `infinity` or `nan` in any case; `nan` without a sign.
//! Neither hexadecimal nor `_`, which Go's own grammar would allow.

/// Powers of ten, which are all exact as a float.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// The most digits that surely fit 64 bits.
const DIGITS: usize = 19;

/// The largest whole number up to which each one is exact as a float.
const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;

/// A number as it stands on a page, and its value.
#[derive(Clone, Copy, Debug)]
pub struct Number<'a> {
    text: &'a str,
    value: f64,
}

impl<'a> Number<'a> {
    pub(super) fn new(text: &'a str, value: f64) -> Self {
        Self { text, value }
    }

    /// The number as it stands.
    pub fn text(self) -> &'a str {
        self.text
    }

    /// The nearest float.
    pub fn as_f64(self) -> f64 {
        self.value
    }

    /// The number where it is whole and fits, exact beyond 2⁵³ too.
    pub fn as_u64(self) -> Option<u64> {
        u64::try_from(self.whole()?).ok()
    }

    /// The number where it is whole and fits, exact beyond 2⁵³ too.
    pub fn as_i64(self) -> Option<i64> {
        i64::try_from(self.whole()?).ok()
    }

    fn whole(self) -> Option<i128> {
        // No integer is the zero below zero.
        if self.value.fract() != 0.0 || (self.value == 0.0 && self.value.is_sign_negative()) {
            return None;
        }
        if self.value.abs() < EXACT as f64 {
            return Some(self.value as i128);
        }
        // A fraction of zeros is as whole as none.
        let digits = match self.text.split_once('.') {
            Some((digits, zeros)) if zeros.bytes().all(|byte| byte == b'0') => digits,
            _ => self.text,
        };
        // What is left has an exponent, and is the float that it stands for.
        digits.parse().ok().or(Some(self.value as i128))
    }
}

/// Reads a number without an exponent at the beginning of `text`: its value, and
/// its length.
///
/// `None` for any other, which [`read`] may know. The quotient of two numbers that
/// are exact is rounded once, and so is the nearest float: Clinger, "How to read
/// floating point numbers accurately", 1990.
#[inline]
pub(super) fn read_plain(text: &str) -> Option<(f64, usize)> {
    let bytes = text.as_bytes();
    let negative = bytes.first() == Some(&b'-');
    let start = usize::from(negative);
    let (mut number, mut at) = digits(bytes, start, 0);
    let (mut count, mut scale) = (at - start, 0);
    if bytes.get(at) == Some(&b'.') {
        let end;
        (number, end) = digits(bytes, at + 1, number);
        scale = end - at - 1;
        count += scale;
        at = end;
    }
    if count == 0 || count > DIGITS || matches!(bytes.get(at), Some(b'e' | b'E')) {
        return None;
    }
    if scale > 0 && number > EXACT {
        return Some((text[..at].parse().ok()?, at));
    }
    let value = number as f64 / POWERS[scale];
    Some((if negative { -value } else { value }, at))
}

/// Reads the digits from `at` to the end of a line, all of a number of at most
/// sixteen; `None` where anything else is there.
///
/// Without a branch on how many they are, which differs from line to line.
#[inline]
pub(super) fn read_digits(line: &str, at: usize) -> Option<u64> {
    const fn each(byte: u8) -> u128 {
        u128::from_le_bytes([byte; 16])
    }
    let last = u128::from_le_bytes(*line.as_bytes().last_chunk()?);
    let others = size_of::<u128>().checked_sub(line.len().checked_sub(at)?)?;
    if others == size_of::<u128>() {
        return None;
    }
    // The digits as numbers, behind zeros for what is before them.
    let digits = (last ^ each(b'0')) >> (8 * others) << (8 * others);
    if (digits | digits.wrapping_add(each(0x80 - 10))) & each(0x80) != 0 {
        return None;
    }
    let [first, second] = [digits as u64, (digits >> 64) as u64].map(eight_digits);
    Some(first * 100_000_000 + second)
}

/// The number of eight digits, each a byte, the first one the lowest.
#[inline]
fn eight_digits(digits: u64) -> u64 {
    let twos = (digits * 10 + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (twos * 100 + (twos >> 16)) & 0x0000_ffff_0000_ffff;
    (fours * 10_000 + (fours >> 32)) & 0xffff_ffff
}

/// Appends the decimal digits from `at` on to `number`; wraps when there are too many.
#[inline]
fn digits(bytes: &[u8], mut at: usize, mut number: u64) -> (u64, usize) {
    while let Some(byte) = bytes.get(at) {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    (number, at)
}

/// Reads all of `text`; `None` where it is no number, or none that a float holds.
pub(in crate::parse) fn read(text: &str) -> Option<f64> {
    let decimal = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.');
    if text
        .bytes()
        .all(|byte| decimal(byte) || matches!(byte, b'e' | b'E'))
    {
        return text.parse().ok().filter(|value: &f64| value.is_finite());
    }
    if text.eq_ignore_ascii_case("nan") {
        return Some(f64::NAN);
    }
    let (sign, name) = match text.strip_prefix('-') {
        Some(name) => (-1.0, name),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let infinite = name.eq_ignore_ascii_case("inf") || name.eq_ignore_ascii_case("infinity");
    infinite.then_some(sign * f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn special_values_are_read_in_any_case() {
        for text in ["inf", "+Inf", "INFINITY", "+infinity"] {
            assert_eq!(read(text), Some(f64::INFINITY), "{text}");
        }
        assert_eq!(read("-iNf"), Some(f64::NEG_INFINITY));
        assert!(read("NaN").is_some_and(f64::is_nan));
    }

    #[test]
    fn what_is_no_number_of_the_formats_is_refused() {
        for text in [
            "", "+", ".", "-.", "e5", "1e", "1e+", "1_000", "0x10", "0x1p-3", "+nan", "-NaN",
            "infin", "--1", "+-1", "1.2.3", "1 ", " 1", "1e999", "-1e999", "١",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn whole_numbers_are_exact_up_to_64_bits() {
        let number = |text| Number::new(text, read(text).unwrap());
        assert_eq!(number("18446744073709551615").as_u64(), Some(u64::MAX));
        assert_eq!(number("+18446744073709551615.00").as_u64(), Some(u64::MAX));
        assert_eq!(number("18446744073709551616").as_u64(), None);
        assert_eq!(number("-9223372036854775808").as_i64(), Some(i64::MIN));
        assert_eq!(number("1e3").as_u64(), Some(1000));
        assert_eq!(number("1.8e19").as_u64(), Some(18_000_000_000_000_000_000));
        assert_eq!(number("1e300").as_u64(), None);
        for text in ["1.5", "inf", "nan", "-1", "-0"] {
            assert_eq!(number(text).as_u64(), None, "{text}");
        }
    }

    #[test]
    fn a_plain_number_ends_where_its_digits_end() {
        assert_eq!(read_plain("12.5 7"), Some((12.5, 4)));
        assert_eq!(read_plain("-3\n"), Some((-3.0, 2)));
        assert_eq!(read_plain(".5é"), Some((0.5, 2)));
        assert_eq!(
            read_plain("-0.30000000000000004 "),
            Some((-0.300_000_000_000_000_04, 20))
        );
        for text in ["", "-", ".", "1e5", "12345678901234567890", "NaN", "+1"] {
            assert_eq!(read_plain(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn digits_to_the_end_of_a_line_are_one_number(
            before in "[a-z0-9é]{0,20}", digits in "[0-9]{0,18}", other in "[/:. é\u{7f}-]?",
        ) {
            let line = format!("{before}{digits}");
            let expected: Option<u64> = digits.parse().ok();
            let expected = expected.filter(|_| digits.len() <= 16 && line.len() >= 16);
            prop_assert_eq!(read_digits(&line, before.len()), expected);
            if !other.is_empty() {
                let line = format!("{before}{other}{digits}");
                prop_assert_eq!(read_digits(&line, before.len()), None);
            }
        }

        #[test]
        fn plain_numbers_are_read_as_the_standard_library_does(
            text in "-?[0-9]{0,19}\\.?[0-9]{0,24}"
        ) {
            if let Some((value, length)) = read_plain(&text) {
                prop_assert_eq!(length, text.len());
                let expected: f64 = text.parse().unwrap();
                prop_assert_eq!(value.to_bits(), expected.to_bits());
            }
        }
    }
}
