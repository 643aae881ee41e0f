//! What a line of a page says.

use crate::model::Kind;
use crate::parse::scan::escaped::Escaped;
use crate::parse::scan::labels::Labels;
use crate::parse::scan::number::Number;
use crate::parse::scan::sample;

/// A line of a page, in either format.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Line<'a> {
    /// A `# HELP` line.
    Help {
        /// The name of the family.
        name: Escaped<'a>,
        /// The text; may be empty.
        help: Escaped<'a>,
    },
    /// A `# TYPE` line.
    Type {
        /// The name of the family.
        name: Escaped<'a>,
        /// Its kind.
        kind: Kind,
    },
    /// A `# UNIT` line, which only `OpenMetrics` has.
    Unit {
        /// The name of the family.
        name: Escaped<'a>,
        /// The unit; may be empty.
        unit: &'a str,
    },
    /// The `# EOF` line that ends a page of `OpenMetrics`.
    Eof,
    /// A line with a value.
    Sample(Sample<'a>),
}

/// A line with a value.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// The name and the labels as they stand, such as `requests_total{code="200"}`.
    ///
    /// The same series may be written in several ways, but seldom is: it is good
    /// as the key of a cache, and two keys of one series cost only memory.
    pub series: &'a str,
    /// The name of the series.
    pub name: Escaped<'a>,
    /// The labels; a name may stand there twice.
    pub labels: Labels<'a>,
    /// What follows the series.
    pub point: Point<'a>,
}

/// What follows the series on a line.
#[derive(Clone, Copy, Debug)]
pub struct Point<'a> {
    /// The value.
    pub value: Number<'a>,
    /// When it was measured, in seconds since the Unix epoch.
    pub timestamp: Option<f64>,
    /// The exemplar as it stands, checked; empty where there is none.
    pub(super) exemplar: &'a str,
}

impl<'a> Point<'a> {
    /// An example of what was counted, which only `OpenMetrics` has.
    pub fn exemplar(&self) -> Option<ExemplarText<'a>> {
        match self.exemplar {
            "" => None,
            text => sample::exemplar(text, 0).ok(),
        }
    }
}

/// The exemplar of a line.
#[derive(Clone, Copy, Debug)]
pub struct ExemplarText<'a> {
    /// Its labels; a name may stand there twice.
    pub labels: Labels<'a>,
    /// The observed value.
    pub value: Number<'a>,
    /// When it was observed, in seconds since the Unix epoch.
    pub timestamp: Option<f64>,
}
