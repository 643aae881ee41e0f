//! Comparing what was read with what a scenario expects.

use dynamometer::{ExponentialCounts, ExponentialValue, HistogramValue, Value};

use crate::runner::mismatch::Mismatch;
use crate::scenario::{ExponentialShape, HistogramShape, Number};

pub(crate) fn same(expected: Number, found: Number) -> Result<(), Mismatch> {
    Mismatch::unless(expected.is(found), || (expected, found))
}

pub(crate) fn same_histogram(
    shape: &HistogramShape,
    found: &HistogramValue,
) -> Result<(), Mismatch> {
    let buckets: Vec<_> = found.cumulative().collect();
    let is_same = |((bound, count), found): (&(Number, u64), &(f64, u64))| {
        bound.is(Number::Float(found.0)) && *count == found.1
    };
    let is_as_long = shape.buckets.len() == buckets.len();
    let holds = is_as_long && shape.buckets.iter().zip(&buckets).all(is_same);
    Mismatch::unless(holds, || {
        let expected = shape
            .buckets
            .iter()
            .map(|(bound, count)| (bound.as_f64(), count));
        let expected: Vec<_> = expected.collect();
        (format!("{expected:?}"), format!("{buckets:?}"))
    })?;
    same_totals(shape.count, shape.sum, found.count(), found.sum())
}

fn same_totals(wanted: u64, wanted_sum: Number, count: u64, sum: f64) -> Result<(), Mismatch> {
    let sum = Number::Float(sum);
    Mismatch::unless(wanted == count, || (format!("the count {wanted}"), count))?;
    Mismatch::unless(wanted_sum.is(sum), || {
        (format!("the sum {wanted_sum}"), sum)
    })
}

pub(crate) fn number(value: Value<'_>) -> Number {
    match value {
        Value::Unsigned(value) => Number::Unsigned(value),
        Value::Signed(value) => Number::Signed(value),
        other => Number::Float(other.as_f64()),
    }
}

pub(crate) fn same_exponential(
    shape: &ExponentialShape,
    found: &ExponentialValue,
) -> Result<(), Mismatch> {
    let (wanted, schema) = (shape.schema, found.schema());
    Mismatch::unless(wanted == schema, || (format!("schema {wanted}"), schema))?;
    let (wanted, zeros) = (shape.zero_count, found.zero_count());
    Mismatch::unless(wanted == zeros, || (format!("{wanted} zeros"), zeros))?;
    same_buckets("positive", &shape.positive, found.positive_counts())?;
    same_buckets("negative", &shape.negative, found.negative_counts())?;
    same_totals(shape.count, shape.sum, found.count(), found.sum())
}

fn same_buckets(
    sign: &str,
    wanted: &[(i32, u64)],
    found: &ExponentialCounts,
) -> Result<(), Mismatch> {
    let counts = (found.first()..).zip(found.counts().iter().copied());
    let counts: Vec<_> = counts.filter(|(_, count)| *count > 0).collect();
    Mismatch::unless(wanted == counts, || {
        let expected = format!("the {sign} buckets {wanted:?}");
        (expected, format!("{counts:?}"))
    })
}
