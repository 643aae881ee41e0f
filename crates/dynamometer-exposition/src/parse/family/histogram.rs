//! A histogram, put together from the lines of its buckets.

use std::sync::Arc;

use crate::model::HistogramValue;
use crate::parse::error::{ParseError, ParseErrorKind};
use crate::parse::family::part::Bound;
use crate::parse::family::source::Source;
use crate::parse::scan::Number;

/// What is known of one histogram so far.
#[derive(Debug, Default)]
pub(in crate::parse) struct HistogramDraft {
    /// Upper bounds with cumulative counts, in increasing order.
    buckets: Vec<(f64, u64)>,
    sum: Option<f64>,
    count: Option<u64>,
}

impl HistogramDraft {
    /// True where there is a bucket of this bound.
    pub(in crate::parse) fn has_bucket(&self, bound: f64) -> bool {
        let order = |(known, _): &(f64, u64)| known.total_cmp(&bound);
        self.buckets.binary_search_by(order).is_ok()
    }

    /// True where the sum is known.
    pub(in crate::parse) fn has_sum(&self) -> bool {
        self.sum.is_some()
    }

    /// True where the count is known.
    pub(in crate::parse) fn has_count(&self) -> bool {
        self.count.is_some()
    }

    /// The sum, where it is known.
    pub(in crate::parse) fn sum(&self) -> Option<f64> {
        self.sum
    }

    /// True where a bound is below zero.
    pub(in crate::parse) fn is_negative(&self) -> bool {
        self.buckets.first().is_some_and(|(bound, _)| *bound < 0.0)
    }

    /// Adds a bucket behind those that are there.
    pub(in crate::parse) fn add_bucket(
        &mut self,
        source: Source<'_>,
        bound: Bound<'_>,
        count: Number<'_>,
    ) -> Result<(), ParseError> {
        let Bound { value: bound, text } = bound;
        let wrong = |kind, expected, found| Err(source.error(kind, expected, found));
        if bound.is_nan() || bound == f64::NEG_INFINITY {
            return wrong(ParseErrorKind::Label, "a bound of a bucket", text);
        }
        let cumulative = whole(source, count)?;
        if let Some(&(last, below)) = self.buckets.last() {
            if bound <= last {
                return wrong(ParseErrorKind::Order, "a bound above the last one", text);
            }
            if cumulative < below {
                let expected = "a count that is not below the last bucket's";
                return wrong(ParseErrorKind::Value, expected, count.text());
            }
        }
        self.buckets.push((bound, cumulative));
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

    /// Refuses a histogram without its last bucket, or with another count in it.
    ///
    /// `series` is the line that errors name.
    pub(in crate::parse) fn check(
        &self,
        source: Source<'_>,
        series: &str,
    ) -> Result<(), ParseError> {
        let Some(&(f64::INFINITY, total)) = self.buckets.last() else {
            let expected = "a bucket with le=\"+Inf\" in the histogram";
            return Err(source.error(ParseErrorKind::Incomplete, expected, series));
        };
        if self.count.is_some_and(|count| count != total) {
            let expected = "the same number in _count and in the last bucket";
            return Err(source.error(ParseErrorKind::Value, expected, series));
        }
        Ok(())
    }

    /// The value; a sum that is not known is `NaN`.
    ///
    /// `bounds` are those of the histogram before, which are shared when equal.
    pub(super) fn finish(self, bounds: &mut Arc<[f64]>) -> HistogramValue {
        let finite = &self.buckets[..self.buckets.len().saturating_sub(1)];
        let own = || finite.iter().map(|(bound, _)| *bound);
        if !own().eq(bounds.iter().copied()) {
            *bounds = own().collect();
        }
        let mut below = 0;
        let counts = self.buckets.iter().map(|(_, cumulative)| {
            let count = cumulative - below;
            below = *cumulative;
            count
        });
        HistogramValue::new(Arc::clone(bounds), counts, self.sum.unwrap_or(f64::NAN))
    }
}

/// A count of things.
pub(super) fn whole(source: Source<'_>, number: Number<'_>) -> Result<u64, ParseError> {
    number.as_u64().ok_or_else(|| {
        let expected = "a whole number that fits 64 bits";
        source.error(ParseErrorKind::Value, expected, number.text())
    })
}
