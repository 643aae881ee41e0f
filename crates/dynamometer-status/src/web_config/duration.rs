//! Durations as Go writes them.

use std::time::Duration;

/// Seconds of each unit.
const UNITS: [(&str, f64); 7] = [
    ("ns", 1e-9),
    ("us", 1e-6),
    ("\u{b5}s", 1e-6),
    ("ms", 1e-3),
    ("s", 1.0),
    ("m", 60.0),
    ("h", 3600.0),
];

/// Reads a duration such as `1m30s`, `2.5s` or `0`; none is below 0.
///
/// The format is that of [ParseDuration](https://pkg.go.dev/time#ParseDuration).
pub(super) fn parse(text: &str) -> Option<Duration> {
    if text == "0" {
        return Some(Duration::ZERO);
    }
    let (mut seconds, mut rest) = (0.0, text);
    while !rest.is_empty() {
        let is_of_number = |character: char| character.is_ascii_digit() || character == '.';
        let number = rest.len() - rest.trim_start_matches(is_of_number).len();
        let (number, after) = rest.split_at(number);
        let unit = after.len() - after.trim_start_matches(char::is_alphabetic).len();
        let (unit, after) = after.split_at(unit);
        let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit)?;
        seconds += number.parse::<f64>().ok()? * factor;
        rest = after;
    }
    let duration = Duration::try_from_secs_f64(seconds).ok()?;
    (!text.is_empty()).then_some(duration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        for (text, expected) in [
            ("0", 0),
            ("0s", 0),
            ("250ms", 250_000),
            ("1.5s", 1_500_000),
            ("1m30s", 90_000_000),
            ("2h", 7_200_000_000),
            ("1h1m1s1ms1us", 3_661_001_001),
        ] {
            let expected = Duration::from_micros(expected);
            assert_eq!(parse(text), Some(expected), "{text}");
        }
        for text in ["", "1", "s", "-1s", "1d", "1 s", "1.2.3s", "1s2", "9e9h"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9.a-zµ]{0,40}") {
            let _ = parse(&text);
        }
    }
}
