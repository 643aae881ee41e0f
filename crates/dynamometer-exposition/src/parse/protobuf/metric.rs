//! A `Metric`: labels, a value of the family's kind, a time.

use crate::model::{Exemplar, ExponentialValue, HistogramValue, Kind, LabelSet, SummaryValue};
use crate::parse::error::ParseErrorKind;
use crate::parse::family::QUANTILES;
use crate::parse::protobuf::classic::Buckets;
use crate::parse::protobuf::exponential::{Budget, Exponential};
use crate::parse::protobuf::fault::{Fault, Within};
use crate::parse::protobuf::part::{self, Labels};
use crate::parse::protobuf::wire::Wire;

/// A series.
#[derive(Debug)]
pub(super) struct Metric {
    pub(super) labels: LabelSet,
    pub(super) amount: Amount,
    /// In seconds since the Unix epoch.
    pub(super) timestamp: Option<f64>,
    /// In seconds since the Unix epoch.
    pub(super) created: Option<f64>,
    pub(super) exemplars: Vec<Exemplar>,
}

/// The value of a series.
#[derive(Debug)]
pub(super) enum Amount {
    Number(f64),
    Histogram(HistogramValue),
    Exponential(ExponentialValue),
    Summary(SummaryValue),
}

/// A value with what some kinds have beside it.
#[derive(Debug)]
struct Reading {
    amount: Amount,
    created: Option<f64>,
    exemplars: Vec<Exemplar>,
}

impl Metric {
    /// Reads a metric of a family of `kind`; values of other kinds are skipped.
    pub(super) fn read(
        mut message: Wire<'_>,
        kind: Kind,
        budget: &mut Budget,
    ) -> Result<Self, Fault> {
        let at = message.at();
        let (number, name) = field_of(kind);
        let (mut labels, mut timestamp, mut value) = (Labels::default(), None, None);
        while let Some(field) = message.field()? {
            match field.number {
                1 => labels.add(&field)?,
                6 => {
                    let milliseconds = field.int64().within("timestamp_ms")?;
                    timestamp = Some(milliseconds as f64 / 1000.0);
                }
                found if found == number => {
                    let message = field.message();
                    value = Some(
                        message
                            .and_then(|m| reading(m, kind, budget))
                            .within(name)?,
                    );
                }
                _ => {}
            }
        }
        let Some(reading) = value else {
            let expected = format!("the field {name} in a metric of type {kind}");
            let found = "the end of the metric";
            return Err(Fault::in_words(
                at,
                ParseErrorKind::Incomplete,
                expected,
                found,
            ));
        };
        Ok(Self {
            labels: labels.finish(at)?,
            amount: reading.amount,
            timestamp,
            created: reading.created,
            exemplars: reading.exemplars,
        })
    }
}

/// The field of a metric that holds values of `kind`.
fn field_of(kind: Kind) -> (u32, &'static str) {
    match kind {
        Kind::Counter => (3, "counter"),
        Kind::Gauge => (2, "gauge"),
        Kind::Summary => (4, "summary"),
        Kind::Histogram | Kind::GaugeHistogram => (7, "histogram"),
        _ => (5, "untyped"),
    }
}

fn reading(message: Wire<'_>, kind: Kind, budget: &mut Budget) -> Result<Reading, Fault> {
    match kind {
        Kind::Summary => summary(message),
        Kind::Histogram | Kind::GaugeHistogram => histogram(message, budget),
        _ => number(message),
    }
}

/// A `Gauge`, a `Counter` or an `Untyped`, which number their fields alike.
fn number(mut message: Wire<'_>) -> Result<Reading, Fault> {
    let (mut value, mut created, mut exemplars) = (0.0, None, Vec::new());
    while let Some(field) = message.field()? {
        match field.number {
            1 => value = field.double().within("value")?,
            2 => {
                let message = field.message();
                let exemplar = message.and_then(part::exemplar).within("exemplar")?;
                exemplars = vec![exemplar];
            }
            3 => created = Some(part::timestamp(&field).within("created_timestamp")?),
            _ => {}
        }
    }
    Ok(Reading {
        amount: Amount::Number(value),
        created,
        exemplars,
    })
}

/// A `Summary`.
fn summary(mut message: Wire<'_>) -> Result<Reading, Fault> {
    let (mut count, mut sum, mut created) = (0, 0.0, None);
    let mut quantiles = Vec::new();
    while let Some(field) = message.field()? {
        match field.number {
            1 => count = field.unsigned().within("sample_count")?,
            2 => sum = field.double().within("sample_sum")?,
            3 => {
                let quantile = field.message().and_then(quantile);
                let quantile = quantile.within_nth("quantile", quantiles.len())?;
                if quantiles.len() == QUANTILES {
                    let (kind, found) = (ParseErrorKind::Limit, "another one");
                    let expected = "at most 1024 quantiles";
                    return Err(Fault::in_words(field.at, kind, expected, found));
                }
                quantiles.push(quantile);
            }
            4 => created = Some(part::timestamp(&field).within("created_timestamp")?),
            _ => {}
        }
    }
    Ok(Reading {
        amount: Amount::Summary(SummaryValue::new(quantiles, sum, count)),
        created,
        exemplars: Vec::new(),
    })
}

/// A `Quantile`: rank and value.
fn quantile(mut message: Wire<'_>) -> Result<(f64, f64), Fault> {
    let at = message.at();
    let (mut rank, mut value) = (0.0, 0.0);
    while let Some(field) = message.field()? {
        match field.number {
            1 => rank = field.double().within("quantile")?,
            2 => value = field.double().within("value")?,
            _ => {}
        }
    }
    if !(0.0..=1.0).contains(&rank) {
        let (kind, expected) = (ParseErrorKind::Value, "a quantile from 0 to 1");
        return Err(Fault::in_words(at, kind, expected, &rank.to_string()));
    }
    Ok((rank, value))
}

/// A `Histogram`; where it has both kinds of buckets, the exponential ones.
fn histogram(mut message: Wire<'_>, budget: &mut Budget) -> Result<Reading, Fault> {
    let at = message.at();
    let (mut whole, mut float, mut sum, mut created) = (0, None, 0.0, None);
    let (mut buckets, mut exponential) = (Buckets::default(), Exponential::default());
    let (mut of_buckets, mut exemplars) = (Vec::new(), Vec::new());
    while let Some(field) = message.field()? {
        match field.number {
            1 => whole = field.unsigned().within("sample_count")?,
            2 => sum = field.double().within("sample_sum")?,
            3 => {
                let position = buckets.len();
                let exemplar = field.message().and_then(|message| buckets.add(message));
                of_buckets.extend(exemplar.within_nth("bucket", position)?);
            }
            4 => float = Some((field.double().within("sample_count_float")?, field.at)),
            15 => created = Some(part::timestamp(&field).within("created_timestamp")?),
            16 => {
                let exemplar = field.message().and_then(part::exemplar);
                exemplars.push(exemplar.within_nth("exemplars", exemplars.len())?);
            }
            _ => exponential.add(&field)?,
        }
    }
    let count = part::count(whole, float)?;
    let amount = if exponential.is_there() {
        Amount::Exponential(exponential.finish(at, count, sum, budget)?)
    } else {
        Amount::Histogram(buckets.finish(at, count, sum)?)
    };
    if exemplars.is_empty() {
        exemplars = of_buckets;
    }
    Ok(Reading {
        amount,
        created,
        exemplars,
    })
}
