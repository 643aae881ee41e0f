//! Base units, as Prometheus names them.

use std::fmt;

/// A base unit; families end in its name.
///
/// Only base units, so that numbers from different components can be compared:
/// seconds and not milliseconds, bytes and not megabytes, ratios from 0 to 1 and
/// not percent. See <https://prometheus.io/docs/practices/naming/#base-units>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// Time.
    Seconds,
    /// Data.
    Bytes,
    /// A share, 0 to 1.
    Ratio,
    /// Temperature.
    Celsius,
    /// Energy; power is the rate of a counter in joules.
    Joules,
    /// Electric potential.
    Volts,
    /// Electric current.
    Amperes,
    /// Length.
    Meters,
    /// Mass.
    Grams,
}

impl Unit {
    const ALL: [Self; 9] = [
        Self::Seconds,
        Self::Bytes,
        Self::Ratio,
        Self::Celsius,
        Self::Joules,
        Self::Volts,
        Self::Amperes,
        Self::Meters,
        Self::Grams,
    ];

    /// The unit of this name, if it is a base unit.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == name)
    }

    /// The unit's name, which is the suffix of a family in this unit.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Bytes => "bytes",
            Self::Ratio => "ratio",
            Self::Celsius => "celsius",
            Self::Joules => "joules",
            Self::Volts => "volts",
            Self::Amperes => "amperes",
            Self::Meters => "meters",
            Self::Grams => "grams",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
