//! Numbers in scenarios.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// A number as JSON writes it, or one of the strings `NaN`, `+Inf` and `-Inf`.
///
/// Whole numbers stay whole: 2⁶⁴−1 is not a float.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

impl Number {
    pub(crate) fn as_f64(self) -> f64 {
        match self {
            Self::Unsigned(value) => value as f64,
            Self::Signed(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    pub(crate) fn as_u64(self) -> Option<u64> {
        match self {
            Self::Unsigned(value) => Some(value),
            Self::Signed(_) | Self::Float(_) => None,
        }
    }

    pub(crate) fn as_i64(self) -> Option<i64> {
        match self {
            Self::Unsigned(value) => value.try_into().ok(),
            Self::Signed(value) => Some(value),
            Self::Float(_) => None,
        }
    }

    /// True where both are the same number, NaN being the same as NaN.
    pub(crate) fn is(self, other: Self) -> bool {
        let whole = |number: Self| match number {
            Self::Unsigned(value) => Some(i128::from(value)),
            Self::Signed(value) => Some(i128::from(value)),
            Self::Float(_) => None,
        };
        match (whole(self), whole(other)) {
            (Some(one), Some(other)) => one == other,
            _ => same_float(self.as_f64(), other.as_f64()),
        }
    }
}

/// True where the floats are equal or both NaN.
#[expect(
    clippy::float_cmp,
    reason = "scenarios use numbers that binary floats add up exactly"
)]
pub(crate) fn same_float(one: f64, other: f64) -> bool {
    one == other || (one.is_nan() && other.is_nan())
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsigned(value) => write!(f, "{value}"),
            Self::Signed(value) => write!(f, "{value}"),
            Self::Float(value) if value.is_infinite() => {
                f.write_str(if *value > 0.0 { "+Inf" } else { "-Inf" })
            }
            Self::Float(value) => write!(f, "{value}"),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Numbers;

        impl Visitor<'_> for Numbers {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or one of \"NaN\", \"+Inf\", \"-Inf\"")
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Number, E> {
                Ok(Number::Unsigned(value))
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<Number, E> {
                Ok(Number::Signed(value))
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<Number, E> {
                Ok(Number::Float(value))
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Number, E> {
                match name {
                    "NaN" => Ok(Number::Float(f64::NAN)),
                    "+Inf" => Ok(Number::Float(f64::INFINITY)),
                    "-Inf" => Ok(Number::Float(f64::NEG_INFINITY)),
                    other => Err(E::invalid_value(serde::de::Unexpected::Str(other), &self)),
                }
            }
        }

        deserializer.deserialize_any(Numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Number {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn whole_numbers_keep_all_64_bits() {
        assert_eq!(read("18446744073709551615").as_u64(), Some(u64::MAX));
        assert_eq!(read("-9223372036854775808").as_i64(), Some(i64::MIN));
        assert!(!read("18446744073709551615").is(read("18446744073709551614")));
        assert_eq!(read("5.0").as_u64(), None);
        assert_eq!(read("-5").as_u64(), None);
    }

    #[test]
    fn the_special_values_are_strings() {
        assert!(read("\"NaN\"").is(Number::Float(f64::NAN)));
        assert_eq!(read("\"+Inf\"").to_string(), "+Inf");
        assert_eq!(read("\"-Inf\"").to_string(), "-Inf");
        let error = serde_json::from_str::<Number>("\"nan\"").unwrap_err();
        assert!(
            error.to_string().contains("one of \"NaN\", \"+Inf\""),
            "{error}"
        );
    }

    #[test]
    fn a_whole_number_is_the_float_of_its_value() {
        assert!(read("2").is(Number::Float(2.0)));
        assert!(!read("2").is(Number::Float(2.5)));
    }
}
