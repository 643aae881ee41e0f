//! Words of the facade, as scenario files write them.

use dynamometer::{ErrorKind, Unit};
use serde::Deserialize;
use serde::de::{Deserializer, Error};

const UNITS: [Unit; 9] = [
    Unit::Seconds,
    Unit::Bytes,
    Unit::Ratio,
    Unit::Celsius,
    Unit::Joules,
    Unit::Volts,
    Unit::Amperes,
    Unit::Meters,
    Unit::Grams,
];

/// Reads an error kind by its name in `snake_case`.
pub(crate) fn error_kind<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<ErrorKind>, D::Error> {
    let name = String::deserialize(from)?;
    let known = ErrorKind::ALL.iter().find(|kind| kind.as_str() == name);
    match known {
        Some(kind) => Ok(Some(*kind)),
        None => Err(D::Error::custom(format!("unknown error kind {name:?}"))),
    }
}

/// Reads a unit by its name.
pub(crate) fn unit<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Unit>, D::Error> {
    let name = String::deserialize(from)?;
    match UNITS.into_iter().find(|unit| unit.as_str() == name) {
        Some(unit) => Ok(Some(unit)),
        None => Err(D::Error::custom(format!("unknown unit {name:?}"))),
    }
}
