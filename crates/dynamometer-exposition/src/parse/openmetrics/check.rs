//! What values and metrics of each kind must be.

use crate::model::Kind;
use crate::parse::error::{ParseError, ParseErrorKind};
use crate::parse::family::{Amount, Bound, HistogramDraft, Part, Point, Source};
use crate::parse::scan::Number;

impl Part {
    /// Refuses a value that this part of a metric can not have.
    pub(super) fn check_value(
        self,
        source: Source<'_>,
        kind: Kind,
        bound: Bound<'_>,
        number: Number<'_>,
    ) -> Result<(), ParseError> {
        let value = number.as_f64();
        // As exposers must write it; other bounds may be written in any way.
        if bound.value.is_infinite() && bound.text != "+Inf" {
            let expected = "+Inf as the bound of the last bucket";
            return Err(source.error(ParseErrorKind::Label, expected, bound.text));
        }
        let (is_good, expected) = match (self, kind) {
            (Self::Value, Kind::Counter) => (value >= 0.0, "a counter that is not negative"),
            (Self::Value, Kind::Info) => (number.as_u64() == Some(1), "1, the value of an info"),
            (Self::Value, Kind::StateSet) => {
                ([0.0, 1.0].contains(&value), "0 or 1, the value of a state")
            }
            (Self::Sum, Kind::GaugeHistogram) => (!value.is_nan(), "a sum that is a number"),
            (Self::Sum, _) => (value >= 0.0, "a sum that is not negative"),
            (Self::Quantile, _) => (
                value.is_nan() || value >= 0.0,
                "a quantile that is not negative",
            ),
            (Self::Created, _) => (value.is_finite(), "a time in seconds"),
            _ => (true, ""),
        };
        if is_good {
            return Ok(());
        }
        Err(source.error(ParseErrorKind::Value, expected, number.text()))
    }
}

impl Point<'_> {
    /// Refuses a metric that lacks a part, or of which parts contradict each other.
    pub(super) fn check_complete(&self, source: Source<'_>, kind: Kind) -> Result<(), ParseError> {
        match &self.amount {
            Amount::Number(None) => {
                let expected = "a sample with _total for the counter";
                Err(source.error(ParseErrorKind::Incomplete, expected, self.series))
            }
            Amount::Histogram(draft) => check_histogram(source, self.series, kind, draft),
            Amount::Number(Some(_)) | Amount::Summary(_) => Ok(()),
        }
    }
}

fn check_histogram(
    source: Source<'_>,
    series: &str,
    kind: Kind,
    draft: &HistogramDraft,
) -> Result<(), ParseError> {
    draft.check(source, series)?;
    let wrong = |kind, expected| Err(source.error(kind, expected, series));
    if draft.has_sum() != draft.has_count() {
        return wrong(
            ParseErrorKind::Incomplete,
            "a histogram with both a sum and a count, or neither",
        );
    }
    match (kind, draft.is_negative()) {
        (Kind::Histogram, true) if draft.has_sum() => {
            wrong(ParseErrorKind::Value, "no sum beside a bound below zero")
        }
        (Kind::GaugeHistogram, false) if draft.sum().is_some_and(|sum| sum < 0.0) => wrong(
            ParseErrorKind::Value,
            "a negative sum only beside a bound below zero",
        ),
        _ => Ok(()),
    }
}
