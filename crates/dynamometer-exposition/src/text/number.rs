//! Numbers as Prometheus text writes them.

/// The largest float below which every whole number is exact.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// Writes a whole number.
pub(crate) fn write_int(out: &mut String, value: impl itoa::Integer) {
    out.push_str(itoa::Buffer::new().format(value));
}

/// Writes a float, shortest form that reads back the same.
///
/// Whole numbers are written without a fraction, and the special values as
/// `+Inf`, `-Inf` and `NaN`.
pub(crate) fn write_float(out: &mut String, value: f64) {
    if value.is_nan() {
        out.push_str("NaN");
    } else if value.is_infinite() {
        out.push_str(if value > 0.0 { "+Inf" } else { "-Inf" });
    } else if value.fract() == 0.0 && value.abs() < WHOLE && !is_negative_zero(value) {
        write_int(out, value as i64);
    } else {
        out.push_str(zmij::Buffer::new().format_finite(value));
    }
}

fn is_negative_zero(value: f64) -> bool {
    value == 0.0 && value.is_sign_negative()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(value: f64) -> String {
        let mut out = String::new();
        write_float(&mut out, value);
        out
    }

    #[test]
    fn floats_are_written_in_their_shortest_form() {
        assert_eq!(written(0.15 + 0.05), "0.2");
        assert_eq!(written(6.0), "6");
        assert_eq!(written(-3.0), "-3");
        assert_eq!(written(0.0), "0");
        assert_eq!(written(f64::INFINITY), "+Inf");
        assert_eq!(written(f64::NEG_INFINITY), "-Inf");
        assert_eq!(written(f64::NAN), "NaN");
    }

    proptest! {
        #[test]
        fn any_float_reads_back_the_same(value in any::<f64>()) {
            let read: f64 = written(value).parse().unwrap_or(f64::NAN);
            prop_assert_eq!(read.to_bits(), value.to_bits());
        }
    }
}
