//! A family, put together from its samples.

use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

use dynamometer::{Exemplar, Family, Kind, LabelSet, Values};
use pyo3::prelude::*;

use crate::source::filter::NameFilter;
use crate::source::registry::histogram::{Distribution, whole};
use crate::source::registry::metric::Metric;
use crate::source::registry::sample::{Part, Sample};

/// A family, as far as it was taken out of Python.
#[derive(Debug)]
pub(super) struct Draft {
    metric: Metric,
    exposed: String,
    samples: Vec<Sample>,
    left_out: u64,
}

/// A family, and how many of its samples are not in it.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) family: Family,
    pub(super) left_out: u64,
}

/// One series, as far as its samples were read.
#[derive(Debug, Default)]
struct Series {
    value: Option<f64>,
    distribution: Distribution,
    created: Option<f64>,
    timestamp: Option<f64>,
    exemplars: Vec<Exemplar>,
}

impl Draft {
    /// Reads a `Metric` with its samples; `None` where nobody wants it.
    ///
    /// # Errors
    ///
    /// Where it is none, or the filter raises.
    pub(super) fn read(metric: &Bound<'_, PyAny>, filter: &NameFilter) -> PyResult<Option<Self>> {
        let (py, read) = (metric.py(), Metric::read(metric)?);
        let mut draft = Self {
            exposed: read.exposed(),
            metric: read,
            samples: Vec::new(),
            left_out: 0,
        };
        if !filter.wants(py, &draft.exposed)? {
            return Ok(None);
        }
        for sample in metric.getattr("samples")?.try_iter()? {
            match Sample::read(&draft.metric, &sample?)? {
                Some(sample) => draft.samples.push(sample),
                None => draft.left_out += 1,
            }
        }
        Ok(Some(draft))
    }

    /// The family, its name behind `prefix`.
    pub(super) fn finish(self, prefix: &str) -> Made {
        let Self {
            metric,
            exposed,
            samples,
            mut left_out,
        } = self;
        let (labels, mut series, twice) = by_labels(samples);
        left_out += twice;
        let name = if prefix.is_empty() {
            exposed
        } else {
            format!("{prefix}_{exposed}")
        };
        let desc = metric.desc(&name);
        let (rows, values) = values(metric.kind, &mut series);
        left_out += (series.len() - rows.len()) as u64;
        let labels: Vec<LabelSet> = rows.iter().map(|row| labels[*row].clone()).collect();
        let mut family = Family::new(desc, Arc::new(labels), values);
        let times = |time: fn(&Series) -> Option<f64>| -> Option<Vec<f64>> {
            let times = rows.iter().map(|row| time(&series[*row]));
            let is_known = times.clone().any(|time| time.is_some());
            is_known.then(|| times.map(|time| time.unwrap_or(f64::NAN)).collect())
        };
        if let Some(created) = times(|series| series.created) {
            family = family.with_created(created);
        }
        if let Some(timestamps) = times(|series| series.timestamp) {
            family = family.with_timestamps(timestamps);
        }
        if series.iter().any(|one| !one.exemplars.is_empty()) {
            let exemplars = rows.iter().map(|row| series[*row].exemplars.clone().into());
            family = family.with_exemplars(exemplars.collect::<Vec<Box<[Exemplar]>>>());
        }
        Made { family, left_out }
    }
}

/// Samples as series, and how many samples were there twice.
fn by_labels(samples: Vec<Sample>) -> (Vec<LabelSet>, Vec<Series>, u64) {
    let (mut labels, mut series) = (Vec::new(), Vec::<Series>::new());
    let (mut places, mut twice) = (HashMap::new(), 0);
    for sample in samples {
        let at = *places
            .entry(sample.labels)
            .or_insert_with_key(|set: &LabelSet| {
                labels.push(set.clone());
                series.push(Series::default());
                series.len() - 1
            });
        if !series[at].add(sample.part, sample.value) {
            twice += 1;
            continue;
        }
        series[at].timestamp = sample.timestamp.or(series[at].timestamp);
        series[at].exemplars.extend(sample.exemplar);
    }
    (labels, series, twice)
}

impl Series {
    /// Adds a part; false where it is there.
    fn add(&mut self, part: Part, value: f64) -> bool {
        let place = match part {
            Part::Value => &mut self.value,
            Part::Sum => &mut self.distribution.sum,
            Part::Count => &mut self.distribution.count,
            Part::Created => &mut self.created,
            Part::Bucket(point) | Part::Quantile(point) => {
                self.distribution.points.push((point, value));
                return true;
            }
        };
        let is_new = place.is_none();
        place.get_or_insert(value);
        is_new
    }
}

/// The values of the series that have one, and which those are.
fn values(kind: Kind, series: &mut [Series]) -> (Vec<usize>, Values) {
    let series = series.iter_mut().enumerate();
    match kind {
        Kind::Histogram | Kind::GaugeHistogram => {
            let mut bounds: Arc<[f64]> = Arc::default();
            let made = series.filter_map(|(row, one)| {
                let value = mem::take(&mut one.distribution).histogram(&mut bounds)?;
                Some((row, value))
            });
            let (rows, values) = made.unzip();
            (rows, Values::Histogram(values))
        }
        Kind::Summary => {
            let made = series.filter_map(|(row, one)| {
                let value = mem::take(&mut one.distribution).summary()?;
                Some((row, value))
            });
            let (rows, values) = made.unzip();
            (rows, Values::Summary(values))
        }
        _ => {
            let known = series.filter_map(|(row, one)| Some((row, one.value?)));
            let (rows, values) = known.unzip();
            (rows, numbers(kind, values))
        }
    }
}

/// Numbers, as whole ones where it is a counter and all of them are.
fn numbers(kind: Kind, values: Vec<f64>) -> Values {
    let whole = || values.iter().copied().map(whole).collect::<Option<_>>();
    let whole = (kind == Kind::Counter).then(whole).flatten();
    whole.map_or(Values::Float(values), Values::Unsigned)
}
