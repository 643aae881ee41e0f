//! Floats as Python writes them, with the exponents of Go.

use std::io::Write as _;

/// From here on Go writes an exponent.
const MOST_DIGITS_BEFORE_POINT: i32 = 6;
/// From here on Python does.
const MOST_DIGITS_OF_PYTHON: i32 = 16;
const LEAST_EXPONENT: i32 = -4;

/// Appends a number as `floatToGoString` of `prometheus_client` returns it.
pub(super) fn write(out: &mut Vec<u8>, number: f64) {
    if number.is_nan() {
        out.extend_from_slice(b"NaN");
    } else if number.is_infinite() {
        out.extend_from_slice(if number > 0.0 { b"+Inf" } else { b"-Inf" });
    } else if let Some(whole) = small_whole(number) {
        let mut buffer = [0; 6];
        out.extend_from_slice(decimal(whole, &mut buffer));
        out.extend_from_slice(b".0");
    } else {
        write_shortest(out, number);
    }
}

/// A whole number of at most six digits: what most counts are.
#[expect(clippy::cast_sign_loss, reason = "a negative number is not small")]
fn small_whole(number: f64) -> Option<u32> {
    let is_small = (0.0..1e6).contains(&number) && number.is_sign_positive();
    let is_whole = number.fract().to_bits() == 0;
    (is_small && is_whole).then_some(number as u32)
}

fn decimal(mut number: u32, buffer: &mut [u8; 6]) -> &[u8] {
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return &buffer[at..];
        }
    }
}

/// The shortest digits that read back as the number, placed as Python places them.
fn write_shortest(out: &mut Vec<u8>, number: f64) {
    let mut buffer = [0; 32];
    let mut rest = &mut buffer[..];
    // A double has 17 digits at most, and an exponent of three.
    write!(rest, "{:e}", number.abs()).expect("32 bytes hold any double");
    let unused = rest.len();
    let text = &buffer[..buffer.len() - unused];
    let (mantissa, exponent) = split(text);
    let mut digits = [0; 20];
    let mut count = 0;
    for digit in mantissa.iter().filter(|byte| **byte != b'.') {
        digits[count] = *digit;
        count += 1;
    }
    let digits = &mut digits[..count];
    let point = exponent + 1;
    round_to_even(digits, point, number);
    if number.is_sign_negative() {
        out.push(b'-');
    }
    let is_long = number > 0.0 && point > MOST_DIGITS_BEFORE_POINT;
    if is_long || point > MOST_DIGITS_OF_PYTHON || point <= LEAST_EXPONENT {
        write_with_exponent(out, digits, exponent);
    } else {
        write_fixed(out, digits, point);
    }
}

/// Where a number is halfway between two of these lengths, Python takes the even
/// one, and Rust the larger.
///
/// A fraction of `n` bits has `n` decimals, and the last is a 5: it is halfway where
/// that one is left out. A whole number is never: up to 2⁵³ it is written out, and
/// beyond it would be more even than halfway allows.
fn round_to_even(digits: &mut [u8], point: i32, number: f64) {
    const MANTISSA: u64 = (1 << 52) - 1;
    let biased = number.to_bits() >> 52 & 0x7ff;
    let mantissa = number.to_bits() & MANTISSA | u64::from(biased > 0) << 52;
    let fraction_bits = 1075 - biased.max(1) as i32 - mantissa.trailing_zeros() as i32;
    let decimals = digits.len() as i32 - point;
    if fraction_bits != decimals + 1 {
        return;
    }
    if let Some(last) = digits.last_mut() {
        // Odd digits are odd in ASCII too.
        *last -= *last % 2;
    }
    // Below a power of two numbers lie closer: the even one may be another number.
    let text = format!("{}e{}", String::from_utf8_lossy(digits), -decimals);
    if text.parse() != Ok(number.abs())
        && let Some(last) = digits.last_mut()
    {
        *last += 1;
    }
}

fn split(text: &[u8]) -> (&[u8], i32) {
    let at = text.iter().position(|byte| *byte == b'e');
    let (mantissa, exponent) = text.split_at(at.unwrap_or(text.len()));
    let exponent = exponent
        .get(1..)
        .and_then(|digits| str::from_utf8(digits).ok());
    let exponent = exponent.and_then(|digits| digits.parse().ok());
    (mantissa, exponent.unwrap_or(0))
}

fn write_with_exponent(out: &mut Vec<u8>, digits: &[u8], exponent: i32) {
    out.extend_from_slice(&digits[..1]);
    if digits.len() > 1 {
        out.push(b'.');
        out.extend_from_slice(&digits[1..]);
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    // Writing to a vector does not fail.
    let _ = write!(out, "e{sign}{:02}", exponent.abs());
}

fn write_fixed(out: &mut Vec<u8>, digits: &[u8], point: i32) {
    let zeros = |out: &mut Vec<u8>, count: i32| {
        out.extend(std::iter::repeat_n(
            b'0',
            usize::try_from(count).unwrap_or(0),
        ));
    };
    let before = usize::try_from(point).unwrap_or(0);
    if before == 0 {
        out.extend_from_slice(b"0.");
        zeros(out, -point);
        out.extend_from_slice(digits);
    } else if before >= digits.len() {
        out.extend_from_slice(digits);
        zeros(out, point - digits.len() as i32);
        out.extend_from_slice(b".0");
    } else {
        out.extend_from_slice(&digits[..before]);
        out.push(b'.');
        out.extend_from_slice(&digits[before..]);
    }
}
