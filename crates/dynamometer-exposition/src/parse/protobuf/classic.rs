//! The classic buckets of a `Histogram`.

use crate::model::{Exemplar, HistogramValue};
use crate::parse::error::ParseErrorKind;
use crate::parse::protobuf::fault::{Fault, Within};
use crate::parse::protobuf::part;
use crate::parse::protobuf::wire::Wire;

/// Buckets, as far as they were read.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    /// Upper bounds with cumulative counts, in increasing order.
    cumulative: Vec<(f64, u64)>,
}

impl Buckets {
    /// The number of buckets.
    pub(super) fn len(&self) -> usize {
        self.cumulative.len()
    }

    /// Adds a `Bucket`, and returns its exemplar.
    pub(super) fn add(&mut self, mut message: Wire<'_>) -> Result<Option<Exemplar>, Fault> {
        let at = message.at();
        let (mut whole, mut float, mut bound, mut exemplar) = (0, None, 0.0, None);
        while let Some(field) = message.field()? {
            match field.number {
                1 => whole = field.unsigned().within("cumulative_count")?,
                2 => bound = field.double().within("upper_bound")?,
                3 => {
                    let message = field.message();
                    exemplar = Some(message.and_then(part::exemplar).within("exemplar")?);
                }
                4 => {
                    let count = field.double().within("cumulative_count_float")?;
                    float = Some((count, field.at));
                }
                _ => {}
            }
        }
        let count = part::count(whole, float)?;
        let (last, below) = self.last();
        let wrong = |kind, expected, found: &str| Err(Fault::in_words(at, kind, expected, found));
        // The last may be infinite; nothing is above it.
        if bound <= last || bound.is_nan() {
            let expected = "an upper_bound above the last one";
            return wrong(ParseErrorKind::Order, expected, &bound.to_string());
        }
        if count < below {
            let expected = "a cumulative_count not below the last one";
            return wrong(ParseErrorKind::Value, expected, &count.to_string());
        }
        self.cumulative.push((bound, count));
        Ok(exemplar)
    }

    fn last(&self) -> (f64, u64) {
        let last = self.cumulative.last().copied();
        last.unwrap_or((f64::NEG_INFINITY, 0))
    }

    /// The value, for `count` observations in the message at `at`.
    pub(super) fn finish(self, at: usize, count: u64, sum: f64) -> Result<HistogramValue, Fault> {
        let (last, total) = self.last();
        if total > count || (last == f64::INFINITY && total != count) {
            let kind = ParseErrorKind::Value;
            let expected = format!("a sample_count of {total}, as in the last bucket");
            return Err(Fault::in_words(at, kind, expected, &count.to_string()));
        }
        let finite = self
            .cumulative
            .iter()
            .filter(|(bound, _)| bound.is_finite());
        let bounds = finite.clone().map(|(bound, _)| *bound).collect();
        let mut below = 0;
        let counts = finite.map(|(_, cumulative)| *cumulative).chain([count]);
        let counts =
            counts.map(|cumulative| cumulative - std::mem::replace(&mut below, cumulative));
        Ok(HistogramValue::new(bounds, counts, sum))
    }
}
