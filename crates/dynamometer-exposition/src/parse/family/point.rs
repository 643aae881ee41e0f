//! A series, as far as its lines were read.

use crate::model::{Exemplar, Kind};
use crate::parse::error::ParseError;
use crate::parse::family::amount::Amount;
use crate::parse::family::part::{Bound, Part};
use crate::parse::family::source::Source;
use crate::parse::scan::Number;

/// A series, as far as its lines were read.
#[derive(Debug)]
pub(in crate::parse) struct Point<'a> {
    /// Its first line, up to the value.
    pub(in crate::parse) series: &'a str,
    pub(in crate::parse) amount: Amount<'a>,
    pub(in crate::parse) created: Option<f64>,
    pub(in crate::parse) timestamp: Option<f64>,
    pub(in crate::parse) exemplars: Vec<Exemplar>,
    /// The piece of the page that it is in; what that is, its format says.
    pub(in crate::parse) piece: u32,
}

impl<'a> Point<'a> {
    /// A series of a family of `kind`, of which nothing is known yet.
    pub(in crate::parse) fn new(kind: Kind, series: &'a str, piece: u32) -> Self {
        Self {
            series,
            amount: Amount::of_kind(kind),
            created: None,
            timestamp: None,
            exemplars: Vec::new(),
            piece,
        }
    }

    /// True where this part of the series was read before.
    pub(in crate::parse) fn has(&self, part: Part, bound: Bound<'_>) -> bool {
        match (&self.amount, part) {
            (_, Part::Created) => self.created.is_some(),
            (Amount::Number(number), _) => number.is_some(),
            (Amount::Histogram(draft), Part::Bucket) => draft.has_bucket(bound.value),
            (Amount::Histogram(draft), Part::Sum) => draft.has_sum(),
            (Amount::Histogram(draft), _) => draft.has_count(),
            (Amount::Summary(draft), Part::Quantile) => draft.has_rank(bound.value),
            (Amount::Summary(draft), Part::Sum) => draft.has_sum(),
            (Amount::Summary(draft), _) => draft.has_count(),
        }
    }

    /// Sets this part of the series, which was not read before.
    pub(in crate::parse) fn set(
        &mut self,
        source: Source<'a>,
        part: Part,
        bound: Bound<'_>,
        value: Number<'a>,
    ) -> Result<(), ParseError> {
        match (&mut self.amount, part) {
            (_, Part::Created) => self.created = Some(value.as_f64()),
            (Amount::Number(number), _) => *number = Some(value),
            (Amount::Histogram(draft), Part::Bucket) => draft.add_bucket(source, bound, value)?,
            (Amount::Histogram(draft), Part::Sum) => draft.set_sum(value),
            (Amount::Histogram(draft), _) => draft.set_count(source, value)?,
            (Amount::Summary(draft), Part::Quantile) => draft.add_quantile(source, bound, value)?,
            (Amount::Summary(draft), Part::Sum) => draft.set_sum(value),
            (Amount::Summary(draft), _) => draft.set_count(source, value)?,
        }
        Ok(())
    }
}
