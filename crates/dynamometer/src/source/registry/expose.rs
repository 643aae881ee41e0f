//! Families of ours in the model of `prometheus`.

use dynamometer_exposition::{Family, Kind, Sample, SeriesLabels, SummaryValue, Value};
use prometheus::proto::{self, Metric, MetricFamily, MetricType};

/// A family in the other model; `None` where it has no series.
pub(super) fn family(family: &Family) -> Option<MetricFamily> {
    if family.is_empty() {
        return None;
    }
    let desc = family.desc();
    let kind = match desc.kind() {
        Kind::Counter => MetricType::COUNTER,
        Kind::Histogram | Kind::GaugeHistogram => MetricType::HISTOGRAM,
        Kind::Summary => MetricType::SUMMARY,
        // Its text writer panics at `UNTYPED`.
        _ => MetricType::GAUGE,
    };
    let mut exposed = MetricFamily::default();
    exposed.set_name(desc.name().to_owned());
    exposed.set_help(desc.help_text().to_owned());
    exposed.set_field_type(kind);
    exposed.set_metric(
        family
            .samples()
            .map(|sample| metric(&sample, kind))
            .collect(),
    );
    Some(exposed)
}

fn metric(sample: &Sample<'_>, kind: MetricType) -> Metric {
    let mut metric = Metric::from_label(labels(sample.labels));
    match sample.value {
        Value::Histogram(value) => {
            let count = value.count();
            metric.set_histogram(histogram(value.cumulative(), value.sum(), count));
        }
        Value::Exponential(value) => {
            let count = value.count();
            metric.set_histogram(histogram(value.cumulative(), value.sum(), count));
        }
        Value::Summary(value) => metric.set_summary(summary(value)),
        number if kind == MetricType::COUNTER => {
            let mut counter = proto::Counter::default();
            counter.set_value(number.as_f64());
            metric.set_counter(counter);
        }
        number => {
            let mut gauge = proto::Gauge::default();
            gauge.set_value(number.as_f64());
            metric.set_gauge(gauge);
        }
    }
    metric
}

fn labels(labels: SeriesLabels<'_>) -> Vec<proto::LabelPair> {
    let pair = |(name, value): (&str, std::borrow::Cow<'_, str>)| {
        let mut pair = proto::LabelPair::default();
        pair.set_name(name.to_owned());
        pair.set_value(value.into_owned());
        pair
    };
    labels.iter().map(pair).collect()
}

fn histogram(
    cumulative: impl Iterator<Item = (f64, u64)>,
    sum: f64,
    count: u64,
) -> proto::Histogram {
    // Its text writer adds `+Inf`, and writes one that is there as `inf`.
    let finite = cumulative.filter(|(bound, _)| bound.is_finite());
    let buckets = finite.map(|(bound, count)| {
        let mut bucket = proto::Bucket::default();
        bucket.set_upper_bound(bound);
        bucket.set_cumulative_count(count);
        bucket
    });
    let mut histogram = proto::Histogram::default();
    histogram.set_bucket(buckets.collect());
    histogram.set_sample_sum(sum);
    histogram.set_sample_count(count);
    histogram
}

fn summary(value: &SummaryValue) -> proto::Summary {
    let quantiles = value.quantiles().iter().map(|&(rank, value)| {
        let mut quantile = proto::Quantile::default();
        quantile.set_quantile(rank);
        quantile.set_value(value);
        quantile
    });
    let mut summary = proto::Summary::default();
    summary.set_quantile(quantiles.collect());
    summary.set_sample_sum(value.sum());
    summary.set_sample_count(value.count());
    summary
}
