//! Bounds of buckets and ranks of quantiles, which are labels and so names.

/// The text of a bound, the same in every format.
///
/// As Prometheus makes it from the number in protobuf, so that a series is the
/// same one whichever format was negotiated: Go's `%g` with at least one fraction
/// digit, such as `0.005`, `1.0`, `1e+06`, `+Inf`. See
/// <https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md#considerations-canonical-numbers>.
pub(crate) fn bound_text(bound: f64) -> String {
    if bound.is_nan() {
        return "NaN".to_owned();
    }
    if bound.is_infinite() {
        return if bound > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let shortest = format!("{bound:e}");
    let (digits, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    match exponent.parse::<i32>().unwrap_or(0) {
        -4..=5 => format!("{bound:?}"),
        exponent if exponent < 0 => format!("{digits}e-{:02}", -exponent),
        exponent => format!("{digits}e+{exponent:02}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bounds_are_written_as_prometheus_writes_them() {
        for (bound, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (-2.5, "-2.5"),
            (0.005, "0.005"),
            (0.0001, "0.0001"),
            (0.000_01, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (100_000.0, "100000.0"),
            (1e6, "1e+06"),
            (1_234_567.0, "1.234567e+06"),
            (1_048_576.0, "1.048576e+06"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
        ] {
            assert_eq!(bound_text(bound), text);
        }
    }

    proptest! {
        #[test]
        fn any_bound_reads_back_the_same(bound in any::<f64>()) {
            let text = bound_text(bound);
            let read: f64 = text.parse().unwrap();
            prop_assert!(read.to_bits() == bound.to_bits() || bound.is_nan());
            prop_assert!(text.contains(['.', 'e', 'I', 'N']));
        }
    }
}
