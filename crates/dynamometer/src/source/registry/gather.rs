//! A registry of `prometheus` as a source.

use std::sync::Arc;

use dynamometer_exposition::{
    Desc, Family, HistogramValue, Kind, LabelSet, Snapshot, SummaryValue, Values,
};
use prometheus::Registry;
use prometheus::proto::{self, Metric, MetricFamily, MetricType};

use crate::self_metrics::{self, Dropped};
use crate::source::contract::Source;
use crate::source::error::SourceError;
use crate::source::registry::number::Number;

/// Up to here a float holds every whole number.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Families go over as they are gathered, without the crate's text in between,
/// which has other infinities and no `UNTYPED`.
///
/// That type, which the crate gives no access to, and histograms whose counts fall
/// are left out and counted in `dynamometer_dropped_samples_total{reason}` as
/// `source_invalid`. `gather` holds the registry's lock: a collector in it that
/// panics, waits for ever or registers another one keeps this source down, and
/// nothing else.
impl Source for Registry {
    fn read(&self) -> Result<Snapshot, SourceError> {
        let gathered = self.gather();
        Ok(gathered.iter().filter_map(family).collect())
    }
}

/// A family of ours, where it is of a type that the crate gives access to.
fn family(gathered: &MetricFamily) -> Option<Family> {
    let metrics = gathered.get_metric();
    let (kind, read): (_, fn(&[Metric]) -> Read) = match gathered.get_field_type() {
        MetricType::COUNTER => (Kind::Counter, |metrics| {
            numbers(metrics, |metric| {
                <proto::Counter as Number>::value(metric.get_counter())
            })
            .exact()
        }),
        MetricType::GAUGE => (Kind::Gauge, |metrics| {
            numbers(metrics, |metric| {
                <proto::Gauge as Number>::value(metric.get_gauge())
            })
        }),
        MetricType::HISTOGRAM => (Kind::Histogram, histograms),
        MetricType::SUMMARY => (Kind::Summary, summaries),
        MetricType::UNTYPED => {
            count_invalid(metrics.len());
            return None;
        }
    };
    let Read { rows, values } = read(metrics);
    count_invalid(metrics.len() - rows.len());
    let labels: Vec<LabelSet> = rows.iter().map(|&row| labels(&metrics[row])).collect();
    let desc = Desc::new(gathered.name(), kind).help(gathered.help());
    let family = Family::new(desc, Arc::new(labels), values);
    let times: Vec<f64> = rows.iter().map(|&row| timestamp(&metrics[row])).collect();
    let is_timed = times.iter().any(|time| !time.is_nan());
    Some(if is_timed {
        family.with_timestamps(times)
    } else {
        family
    })
}

fn count_invalid(series: usize) {
    if series > 0 {
        self_metrics::count_all_dropped(Dropped::SourceInvalid, series as u64);
    }
}

fn labels(metric: &Metric) -> LabelSet {
    let pairs = metric.get_label().iter();
    LabelSet::new(pairs.map(|pair| (pair.name(), pair.value())))
}

/// Seconds since the Unix epoch; zero milliseconds are none.
fn timestamp(metric: &Metric) -> f64 {
    match metric.timestamp_ms() {
        0 => f64::NAN,
        milliseconds => milliseconds as f64 / 1000.0,
    }
}

/// The values that could be read, and of which metrics they are.
struct Read {
    rows: Vec<usize>,
    values: Values,
}

impl Read {
    /// The same numbers, as whole ones where all are.
    fn exact(self) -> Self {
        let whole = match &self.values {
            Values::Float(values) => values.iter().copied().map(whole).collect(),
            _ => None,
        };
        Self {
            values: whole.map_or(self.values, Values::Unsigned),
            ..self
        }
    }
}

#[expect(clippy::cast_sign_loss, reason = "it is not negative")]
fn whole(value: f64) -> Option<u64> {
    let is_whole = (0.0..=MOST_WHOLE).contains(&value) && value.fract() == 0.0;
    is_whole.then_some(value as u64)
}

fn numbers(metrics: &[Metric], value: impl Fn(&Metric) -> f64) -> Read {
    Read {
        rows: (0..metrics.len()).collect(),
        values: Values::Float(metrics.iter().map(value).collect()),
    }
}

fn histograms(metrics: &[Metric]) -> Read {
    let mut bounds: Arc<[f64]> = Arc::default();
    let read = metrics.iter().enumerate().filter_map(|(row, metric)| {
        let value = histogram(metric.get_histogram(), &mut bounds)?;
        Some((row, value))
    });
    let (rows, values) = read.unzip();
    let values = Values::Histogram(values);
    Read { rows, values }
}

/// A histogram, where its counts do not fall. `bounds` are those of the one before
/// it, which mostly are the same.
fn histogram(gathered: &proto::Histogram, bounds: &mut Arc<[f64]>) -> Option<HistogramValue> {
    let buckets = gathered.get_bucket();
    // The last one may stand for `+Inf`, or be missing.
    let finite = || {
        buckets
            .iter()
            .filter(|one| one.upper_bound() < f64::INFINITY)
    };
    if !finite()
        .map(proto::Bucket::upper_bound)
        .eq(bounds.iter().copied())
    {
        *bounds = finite().map(proto::Bucket::upper_bound).collect();
    }
    let cumulative = finite().map(proto::Bucket::cumulative_count);
    let highest = buckets.last().map_or(0, proto::Bucket::cumulative_count);
    let all = highest.max(gathered.get_sample_count());
    let mut below = 0;
    let counts = cumulative.chain([all]).map(|upto| {
        let count = upto.checked_sub(below);
        below = upto;
        count
    });
    let counts: Option<Vec<u64>> = counts.collect();
    let sum = gathered.get_sample_sum();
    Some(HistogramValue::new(Arc::clone(bounds), counts?, sum))
}

fn summaries(metrics: &[Metric]) -> Read {
    let values = metrics.iter().map(|metric| {
        let gathered = metric.get_summary();
        let quantiles = gathered.get_quantile().iter();
        let quantiles: Vec<_> = quantiles.map(|one| (one.quantile(), one.value())).collect();
        SummaryValue::new(quantiles, gathered.sample_sum(), gathered.sample_count())
    });
    Read {
        rows: (0..metrics.len()).collect(),
        values: Values::Summary(values.collect()),
    }
}
