//! What was left out of a page that several exporters wrote.

use std::fmt;

/// A line that was left out, because an earlier one says the same or otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ignored {
    /// A help text that differs from the first one of its family.
    Help {
        /// The line, from 1.
        line: usize,
        /// The family's name.
        name: String,
    },
    /// A sample of a series that was there before.
    Series {
        /// The line, from 1.
        line: usize,
        /// The series, as it stands.
        series: String,
    },
}

impl Ignored {
    /// The line that was left out, from 1.
    pub fn line(&self) -> usize {
        match self {
            Self::Help { line, .. } | Self::Series { line, .. } => *line,
        }
    }
}

impl fmt::Display for Ignored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Help { line, name } => {
                write!(
                    f,
                    "line {line}: another help text of {name}, first one kept"
                )
            }
            Self::Series { line, series } => {
                write!(f, "line {line}: {series} is there before, first one kept")
            }
        }
    }
}
