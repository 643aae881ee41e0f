//! A summary, put together from the lines of its quantiles.

use crate::model::SummaryValue;
use crate::parse::error::{ParseError, ParseErrorKind};
use crate::parse::family::histogram::whole;
use crate::parse::family::limit::QUANTILES;
use crate::parse::family::part::Bound;
use crate::parse::family::source::Source;
use crate::parse::scan::Number;

/// What is known of one summary so far.
#[derive(Debug, Default)]
pub(in crate::parse) struct SummaryDraft {
    quantiles: Vec<(f64, f64)>,
    sum: Option<f64>,
    count: Option<u64>,
}

impl SummaryDraft {
    /// True where there is a value of this rank.
    pub(in crate::parse) fn has_rank(&self, rank: f64) -> bool {
        let is_rank = |(known, _): &(f64, f64)| known.total_cmp(&rank).is_eq();
        self.quantiles.iter().any(is_rank)
    }

    /// True where the sum is known.
    pub(in crate::parse) fn has_sum(&self) -> bool {
        self.sum.is_some()
    }

    /// True where the count is known.
    pub(in crate::parse) fn has_count(&self) -> bool {
        self.count.is_some()
    }

    /// Adds the value of a rank.
    pub(in crate::parse) fn add_quantile(
        &mut self,
        source: Source<'_>,
        rank: Bound<'_>,
        value: Number<'_>,
    ) -> Result<(), ParseError> {
        let Bound { value: rank, text } = rank;
        if !(0.0..=1.0).contains(&rank) {
            let expected = "a quantile from 0 to 1";
            return Err(source.error(ParseErrorKind::Label, expected, text));
        }
        if self.quantiles.len() == QUANTILES {
            return Err(source.error(ParseErrorKind::Limit, "at most 1024 quantiles", text));
        }
        self.quantiles.push((rank, value.as_f64()));
        Ok(())
    }

    /// Sets the sum.
    pub(in crate::parse) fn set_sum(&mut self, sum: Number<'_>) {
        self.sum = Some(sum.as_f64());
    }

    /// Sets the count.
    pub(in crate::parse) fn set_count(
        &mut self,
        source: Source<'_>,
        count: Number<'_>,
    ) -> Result<(), ParseError> {
        self.count = Some(whole(source, count)?);
        Ok(())
    }

    /// The value; a sum that is not known is `NaN`, and such a count 0.
    pub(super) fn finish(self) -> SummaryValue {
        let sum = self.sum.unwrap_or(f64::NAN);
        SummaryValue::new(self.quantiles, sum, self.count.unwrap_or(0))
    }
}
