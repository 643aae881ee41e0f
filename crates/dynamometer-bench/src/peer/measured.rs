//! measured (conradludgate/measured).
//!
//! Its metrics are plain values that a program shares by itself, here in an
//! `Arc` as the other libraries' handles are. It has no counter of f64.

use std::array;
use std::sync::Arc;

use measured::metric::histogram::Thresholds;
use measured::metric::name::MetricName;
use measured::metric::{Metric, MetricEncoding, MetricFamilyEncoding as _, MetricType};
use measured::text::BufferedTextEncoder;
use measured::{Counter, FloatGauge, Gauge, Histogram};

use super::text::sample;
use super::{LEVEL, STEP};
use crate::harness::{Entrant, Loop, in_turn, over_table, repeat, repeat_value};
use crate::value::Latencies;

/// Returns the counter.
pub(crate) fn counter() -> Entrant {
    let counter = Arc::new(Counter::new());
    let reader = Arc::clone(&counter);
    entrant("Counter", repeat(counter, |counter| counter.inc()))
        .adds(1.0, move || read(&reader, "m"))
}

/// Returns sixteen counters in turn.
pub(crate) fn counters_in_turn() -> Entrant {
    let counters: [_; 16] = array::from_fn(|_| Arc::new(Counter::new()));
    let readers = counters.clone();
    entrant("Counter", in_turn(counters, |counter| counter.inc())).adds(1.0, move || {
        readers.iter().map(|reader| read(reader, "m")).sum()
    })
}

/// Returns the gauge of i64, raised and lowered.
pub(crate) fn up_down() -> Entrant {
    let gauge = Arc::new(Gauge::new());
    let reader = Arc::clone(&gauge);
    let run = repeat(gauge, |gauge| {
        gauge.inc();
        gauge.dec();
    });
    entrant("Gauge", run)
        .records(2)
        .leaves(0.0, move || read(&reader, "m"))
}

/// Returns the gauge of f64, set.
pub(crate) fn gauge_set() -> Entrant {
    let gauge = Arc::new(FloatGauge::new());
    let reader = Arc::clone(&gauge);
    entrant(
        "FloatGauge",
        repeat_value(gauge, LEVEL, |gauge, level| gauge.set(level)),
    )
    .leaves(LEVEL, move || read(&reader, "m"))
}

/// Returns the gauge of f64, raised.
pub(crate) fn gauge_add() -> Entrant {
    let gauge = Arc::new(FloatGauge::new());
    let reader = Arc::clone(&gauge);
    entrant(
        "FloatGauge",
        repeat_value(gauge, STEP, |gauge, by| gauge.inc_by(by)),
    )
    .adds(STEP, move || read(&reader, "m"))
}

/// Returns the histogram over the given bounds.
pub(crate) fn histogram<const N: usize>(bounds: [f64; N], values: Latencies) -> Entrant {
    let histogram: Histogram<N> = Metric::with_metadata(Thresholds::with_buckets(bounds));
    let histogram = Arc::new(histogram);
    let reader = Arc::clone(&histogram);
    let run = over_table(histogram, values.seconds, |histogram, value| {
        histogram.observe(value);
    });
    entrant("Histogram", run).adds(1.0, move || read(&reader, "m_count"))
}

/// Returns a sample of the metric, which is written under the name "m".
fn read<M: MetricType + MetricEncoding<BufferedTextEncoder>>(
    metric: &Metric<M>,
    name: &str,
) -> f64 {
    let mut encoder = BufferedTextEncoder::new();
    let Ok(()) = metric.collect_family_into(MetricName::from_str("m"), &mut encoder);
    sample(&String::from_utf8_lossy(&encoder.finish()), name)
}

fn entrant(form: &'static str, run: Loop) -> Entrant {
    Entrant::new("measured", form, run)
}
