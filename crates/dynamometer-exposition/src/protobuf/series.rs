//! One series: a `Metric` message.

use crate::model::{Exemplar, Sample, SeriesLabels, SummaryValue, Value};
use crate::protobuf::histogram::{write_classic, write_exponential};
use crate::protobuf::shape::Shape;
use crate::protobuf::time::write_time;
use crate::protobuf::wire::Wire;

/// The field of `MetricFamily` that holds a series.
const METRIC: u32 = 4;

/// Writes whatever a series has.
pub(super) fn write_series(family: &mut Wire<'_>, shape: Shape, sample: Sample<'_>) {
    let Sample {
        value,
        created,
        exemplars,
        ..
    } = sample;
    family.message(METRIC, |metric| {
        write_labels(metric, sample.labels);
        metric.message(shape.field, |wire| match value {
            Value::Histogram(value) => write_classic(wire, value, exemplars, created),
            Value::Exponential(value) => write_exponential(wire, value, exemplars, created),
            Value::Summary(value) => write_summary(wire, value, created),
            number => write_number(wire, shape, number.as_f64(), exemplars.last(), created),
        });
        if let Some(seconds) = sample.timestamp {
            metric.whole(6, ((seconds * 1000.0).round() as i64).cast_unsigned());
        }
    });
}

fn write_labels(wire: &mut Wire<'_>, labels: SeriesLabels<'_>) {
    for (name, value) in labels.iter() {
        wire.message(1, |pair| {
            pair.text(1, name);
            pair.text(2, &value);
        });
    }
}

fn write_number(
    wire: &mut Wire<'_>,
    shape: Shape,
    value: f64,
    exemplar: Option<&Exemplar>,
    created: Option<f64>,
) {
    wire.double(1, value);
    if let Some(exemplar) = exemplar.filter(|_| shape.is_counter()) {
        wire.message(2, |wire| write_exemplar(wire, exemplar));
    }
    if let Some(created) = created.filter(|_| shape.is_counter()) {
        write_time(wire, 3, created);
    }
}

fn write_summary(wire: &mut Wire<'_>, value: &SummaryValue, created: Option<f64>) {
    wire.whole(1, value.count());
    wire.double(2, value.sum());
    for &(rank, value) in value.quantiles() {
        wire.message(3, |quantile| {
            quantile.double(1, rank);
            quantile.double(2, value);
        });
    }
    if let Some(created) = created {
        write_time(wire, 4, created);
    }
}

/// Writes an `Exemplar`.
pub(super) fn write_exemplar(wire: &mut Wire<'_>, exemplar: &Exemplar) {
    write_labels(wire, exemplar.labels().view());
    wire.double(2, exemplar.value());
    if let Some(timestamp) = exemplar.timestamp() {
        write_time(wire, 3, timestamp);
    }
}
