//! A sample of a metric of `prometheus_client`.

use dynamometer::{Exemplar, Kind, LabelSet};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::source::registry::metric::Metric;

/// What of a series a sample holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// The value itself.
    Value,
    /// How many observations are in this bucket and those below it.
    Bucket(f64),
    /// The value at a rank.
    Quantile(f64),
    Sum,
    Count,
    /// When the series began.
    Created,
}

/// A sample, taken out of Python.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) part: Part,
    pub(super) labels: LabelSet,
    pub(super) value: f64,
    /// Seconds since 1970.
    pub(super) timestamp: Option<f64>,
    pub(super) exemplar: Option<Exemplar>,
}

impl Sample {
    /// Reads a sample; `None` for one that no page has, such as a native histogram.
    ///
    /// # Errors
    ///
    /// Where it is no sample.
    pub(super) fn read(metric: &Metric, sample: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        let sample = sample.cast::<PyTuple>()?;
        let name = sample.get_item(0)?;
        let name = name.cast::<PyString>()?.to_cow()?;
        let labels = sample.get_item(1)?;
        let pairs = pairs(&labels)?;
        let mut pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (&**n, &**v)).collect();
        let Some(part) = part(metric, &name, &mut pairs) else {
            return Ok(None);
        };
        let Ok(value) = sample.get_item(2)?.extract() else {
            return Ok(None);
        };
        let given = |at: usize| sample.get_item(at).ok().filter(|item| !item.is_none());
        Ok(Some(Self {
            part,
            labels: LabelSet::new(pairs),
            value,
            timestamp: given(3).map(|time| seconds(&time)).transpose()?,
            exemplar: given(4).map(|one| exemplar(&one)).transpose()?,
        }))
    }
}

/// Which part of a series of this name is, whose labels lose the one that says so.
fn part(metric: &Metric, name: &str, labels: &mut Vec<(&str, &str)>) -> Option<Part> {
    let mut take = |wanted: &str| -> Option<f64> {
        let at = labels.iter().position(|(name, _)| *name == wanted)?;
        labels.remove(at).1.parse().ok()
    };
    let suffix = name.strip_prefix(metric.name.as_str())?;
    Some(match (metric.kind, suffix) {
        (Kind::Counter, "_total" | "")
        | (Kind::Info, "_info")
        | (Kind::Gauge | Kind::Unknown | Kind::StateSet, "") => Part::Value,
        (Kind::Summary, "") => Part::Quantile(take("quantile")?),
        (Kind::Histogram | Kind::GaugeHistogram, "_bucket") => Part::Bucket(take("le")?),
        (Kind::Histogram | Kind::Summary, "_sum") | (Kind::GaugeHistogram, "_gsum") => Part::Sum,
        (Kind::Histogram | Kind::Summary, "_count") | (Kind::GaugeHistogram, "_gcount") => {
            Part::Count
        }
        (Kind::Counter | Kind::Histogram | Kind::Summary, "_created") => Part::Created,
        _ => return None,
    })
}

/// The labels, as texts: a value that is none is written as Python writes it.
fn pairs(labels: &Bound<'_, PyAny>) -> PyResult<Vec<(String, String)>> {
    let labels = labels.cast::<PyDict>()?;
    let pair = |(name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
        let name = name.cast::<PyString>()?.to_str()?.to_owned();
        let value = value.str()?.to_string_lossy().into_owned();
        Ok((name, value))
    };
    labels.iter().map(pair).collect()
}

/// A time, which may be a float, or an object that is one by `float()`.
fn seconds(time: &Bound<'_, PyAny>) -> PyResult<f64> {
    time.extract()
}

fn exemplar(exemplar: &Bound<'_, PyAny>) -> PyResult<Exemplar> {
    let labels = exemplar.getattr("labels")?;
    let pairs = pairs(&labels)?;
    let labels = LabelSet::new(pairs.iter().map(|(name, value)| (&**name, &**value)));
    let read = Exemplar::new(labels, exemplar.getattr("value")?.extract()?);
    let time = exemplar.getattr("timestamp")?;
    Ok(if time.is_none() {
        read
    } else {
        read.at(seconds(&time)?)
    })
}
