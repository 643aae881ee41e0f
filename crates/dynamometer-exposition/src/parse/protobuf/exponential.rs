//! The exponential buckets of a `Histogram`: spans, and counts as differences.

use crate::model::{ExponentialCounts, ExponentialValue};
use crate::parse::error::ParseErrorKind;
use crate::parse::protobuf::fault::{Fault, Within};
use crate::parse::protobuf::part;
use crate::parse::protobuf::wire::{Field, Wire};

/// Schemas of base-2 buckets.
const SCHEMAS: std::ops::RangeInclusive<i64> = -4..=8;

/// How many empty buckets may still be made on a page.
///
/// The model keeps a count for each bucket between the first and the last, also
/// where a page of few bytes leaves out a thousand millions.
#[derive(Debug)]
pub(super) struct Budget {
    empty_buckets: usize,
}

impl Budget {
    /// For a page of this many bytes.
    pub(super) fn of_page(bytes: usize) -> Self {
        let empty_buckets = bytes.saturating_mul(4).saturating_add(1 << 16);
        Self { empty_buckets }
    }
}

/// Exponential buckets, as far as they were read.
#[derive(Debug, Default)]
pub(super) struct Exponential {
    schema: i64,
    zero_threshold: f64,
    zero_count: u64,
    zero_count_float: Option<(f64, usize)>,
    negative: Side,
    positive: Side,
}

/// The buckets of one sign.
#[derive(Debug, Default)]
struct Side {
    /// Offset from the end of the last span, and length.
    spans: Vec<(i64, u64)>,
    deltas: Vec<i64>,
    floats: Vec<f64>,
}

impl Exponential {
    /// Adds a field of `Histogram` that is about exponential buckets.
    pub(super) fn add(&mut self, field: &Field<'_>) -> Result<(), Fault> {
        match field.number {
            5 => self.schema = schema(field).within("schema")?,
            6 => self.zero_threshold = field.double().within("zero_threshold")?,
            7 => self.zero_count = field.unsigned().within("zero_count")?,
            8 => {
                let count = field.double().within("zero_count_float")?;
                self.zero_count_float = Some((count, field.at));
            }
            9 => self.negative.add_span(field, "negative_span")?,
            10 => field
                .add_signed(&mut self.negative.deltas)
                .within("negative_delta")?,
            11 => field
                .add_doubles(&mut self.negative.floats)
                .within("negative_count")?,
            12 => self.positive.add_span(field, "positive_span")?,
            13 => field
                .add_signed(&mut self.positive.deltas)
                .within("positive_delta")?,
            14 => field
                .add_doubles(&mut self.positive.floats)
                .within("positive_count")?,
            _ => {}
        }
        Ok(())
    }

    /// True where there are exponential buckets; an empty span is enough.
    pub(super) fn is_there(&self) -> bool {
        let float = self.zero_count_float.is_some_and(|(count, _)| count > 0.0);
        let has_spans = !self.negative.spans.is_empty() || !self.positive.spans.is_empty();
        has_spans || self.zero_threshold > 0.0 || self.zero_count > 0 || float
    }

    /// The value, for `count` observations in the message at `at`.
    pub(super) fn finish(
        self,
        at: usize,
        count: u64,
        sum: f64,
        budget: &mut Budget,
    ) -> Result<ExponentialValue, Fault> {
        let wrong = |expected: String, found: &str| {
            Err(Fault::in_words(at, ParseErrorKind::Value, expected, found))
        };
        if self.zero_threshold < 0.0 || self.zero_threshold.is_nan() {
            let expected = "a zero_threshold that is not negative".to_owned();
            return wrong(expected, &self.zero_threshold.to_string());
        }
        let zero = part::count(self.zero_count, self.zero_count_float)?;
        let negative = self.negative.finish(at, budget).within("negative_span")?;
        let positive = self.positive.finish(at, budget).within("positive_span")?;
        let sides = [&negative, &positive]
            .into_iter()
            .flat_map(ExponentialCounts::counts);
        let total = sides
            .chain([&zero])
            .try_fold(0, |sum: u64, count| sum.checked_add(*count));
        let Some(total) = total else {
            return wrong(
                "counts of which the sum fits 64 bits".to_owned(),
                "larger ones",
            );
        };
        // NaN is in no bucket, but it makes the sum NaN.
        if total != count && !(sum.is_nan() && total < count) {
            let expected = format!("a sample_count of {total}, as in all buckets");
            return wrong(expected, &count.to_string());
        }
        Ok(ExponentialValue::new(self.schema as i32, sum)
            .zero(self.zero_threshold, zero)
            .negative(negative)
            .positive(positive))
    }
}

fn schema(field: &Field<'_>) -> Result<i64, Fault> {
    let schema = field.signed()?;
    if SCHEMAS.contains(&schema) {
        return Ok(schema);
    }
    let (kind, expected) = (ParseErrorKind::Value, "a schema from -4 to 8");
    Err(Fault::in_words(
        field.at,
        kind,
        expected,
        &schema.to_string(),
    ))
}

impl Side {
    fn add_span(&mut self, field: &Field<'_>, name: &'static str) -> Result<(), Fault> {
        let span = field.message().and_then(span);
        self.spans.push(span.within_nth(name, self.spans.len())?);
        Ok(())
    }

    /// The counts, of which as many as the spans say must be there.
    fn finish(self, at: usize, budget: &mut Budget) -> Result<ExponentialCounts, Fault> {
        let wrong = |kind, expected: &'static str, found: &str| {
            Err(Fault::in_words(at, kind, expected, found))
        };
        let filled = self.absolute(at)?;
        let wanted = self
            .spans
            .iter()
            .try_fold(0, |sum: u64, (_, length)| sum.checked_add(*length));
        if wanted != u64::try_from(filled.len()).ok() {
            let found = format!("{} counts", filled.len());
            return wrong(
                ParseErrorKind::Value,
                "as many counts as spans are long",
                &found,
            );
        }
        let first = self.spans.first().map_or(0, |(offset, _)| *offset);
        let mut counts = Vec::with_capacity(filled.len());
        let mut filled = filled.into_iter();
        for (position, (offset, length)) in self.spans.into_iter().enumerate() {
            let gap = if position == 0 { 0 } else { offset };
            let gap = usize::try_from(gap).ok();
            let left = gap.and_then(|gap| budget.empty_buckets.checked_sub(gap));
            let (Some(gap), Some(left)) = (gap, left) else {
                let expected = "spans that are near each other, in order";
                return wrong(
                    ParseErrorKind::Limit,
                    expected,
                    &format!("an offset of {offset}"),
                );
            };
            budget.empty_buckets = left;
            counts.extend(std::iter::repeat_n(0, gap));
            counts.extend(filled.by_ref().take(length as usize));
        }
        let last = first + counts.len() as i64;
        let (Ok(first), Ok(_)) = (i32::try_from(first), i32::try_from(last)) else {
            let expected = "an index of a bucket that fits 32 bits";
            return wrong(ParseErrorKind::Value, expected, &last.to_string());
        };
        Ok(ExponentialCounts::new(first, counts))
    }

    /// Counts of buckets, from differences or from whole floats.
    fn absolute(&self, at: usize) -> Result<Vec<u64>, Fault> {
        let wrong = |expected: &'static str, found: String| {
            Fault::in_words(at, ParseErrorKind::Value, expected, &found)
        };
        if !self.floats.is_empty() {
            let whole = |float: &f64| {
                let expected = "a whole number of observations";
                part::whole_of(*float).ok_or_else(|| wrong(expected, float.to_string()))
            };
            return self.floats.iter().map(whole).collect();
        }
        let mut count = 0_i64;
        let deltas = self.deltas.iter().map(|delta| {
            let next = count.checked_add(*delta).filter(|next| *next >= 0);
            count = next.ok_or_else(|| {
                wrong(
                    "a count that is not negative and fits 64 bits",
                    format!("{count} and {delta}"),
                )
            })?;
            Ok(count.cast_unsigned())
        });
        deltas.collect()
    }
}

/// A `BucketSpan`: offset and length.
fn span(mut message: Wire<'_>) -> Result<(i64, u64), Fault> {
    let at = message.at();
    let (mut offset, mut length) = (0, 0);
    while let Some(field) = message.field()? {
        match field.number {
            1 => offset = field.signed().within("offset")?,
            2 => length = field.unsigned().within("length")?,
            _ => {}
        }
    }
    if i32::try_from(offset).is_err() || u32::try_from(length).is_err() {
        let (kind, expected) = (ParseErrorKind::Value, "an offset and a length of 32 bits");
        let found = format!("{offset} and {length}");
        return Err(Fault::in_words(at, kind, expected, &found));
    }
    Ok((offset, length))
}
