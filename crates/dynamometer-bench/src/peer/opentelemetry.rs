//! opentelemetry and its SDK.
//!
//! The reader that the SDK offers without unstable features is the periodic one;
//! its interval is longer than any run, and it exports only when a value is read
//! back. Without attributes the SDK skips its hash map, with them each record
//! looks them up. Bound instruments (an unstable feature) look them up once; they
//! enter as the SDK's fastest form.

use std::array;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry::metrics::{Meter, MeterProvider as _};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::metrics::data::{AggregatedMetrics, MetricData, ResourceMetrics};
use opentelemetry_sdk::metrics::exporter::PushMetricExporter;
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider, Temporality};

use super::{ATTRIBUTES, FLOAT_STEP, LEVEL, STEP};
use crate::harness::{Entrant, Loop, in_turn, over_table, repeat, repeat_value};
use crate::value::Latencies;

const NONE: &str = "no attributes";
const TWO: &str = "2 attributes";
const BOUND: &str = "bound, unstable";

/// Returns the counter of u64: without, with and bound to attributes.
pub(crate) fn counter() -> Vec<Entrant> {
    let form = |form, make: fn(&Meter) -> Loop| {
        let pipeline = Pipeline::start();
        let run = make(&pipeline.meter);
        entrant(form, run).adds(1.0, move || pipeline.read())
    };
    vec![
        form(NONE, |meter| {
            repeat(meter.u64_counter("m").build(), |counter| {
                counter.add(1, &[]);
            })
        }),
        form(TWO, |meter| {
            let handle = (meter.u64_counter("m").build(), attributes());
            repeat(handle, |(counter, attributes)| counter.add(1, attributes))
        }),
        form(BOUND, |meter| {
            let counter = meter.u64_counter("m").build().bind(&attributes());
            repeat(counter, |counter| counter.add(1))
        }),
    ]
}

/// Returns sixteen counters of u64 in turn, without attributes.
pub(crate) fn counters_in_turn() -> Entrant {
    let pipeline = Pipeline::start();
    let counters = array::from_fn(|i| pipeline.meter.u64_counter(format!("m{i}")).build());
    let run = in_turn(
        counters,
        |counter: &opentelemetry::metrics::Counter<u64>| {
            counter.add(1, &[]);
        },
    );
    entrant(NONE, run).adds(1.0, move || pipeline.read())
}

/// Returns the counter of f64, without attributes.
pub(crate) fn float_counter() -> Entrant {
    let pipeline = Pipeline::start();
    let counter = pipeline.meter.f64_counter("m").build();
    entrant(
        NONE,
        repeat_value(counter, FLOAT_STEP, |counter, by| counter.add(by, &[])),
    )
    .adds(FLOAT_STEP, move || pipeline.read())
}

/// Returns the up-down counter of i64, raised and lowered.
pub(crate) fn up_down() -> Vec<Entrant> {
    let form = |form, attributes: Vec<KeyValue>| {
        let pipeline = Pipeline::start();
        let handle = (pipeline.meter.i64_up_down_counter("m").build(), attributes);
        let run = repeat(handle, |(counter, attributes)| {
            counter.add(1, attributes);
            counter.add(-1, attributes);
        });
        entrant(form, run)
            .records(2)
            .leaves(0.0, move || pipeline.read())
    };
    vec![form(NONE, Vec::new()), form(TWO, attributes())]
}

/// Returns the gauge of f64, set.
pub(crate) fn gauge_set() -> Vec<Entrant> {
    let form = |form, attributes: Vec<KeyValue>| {
        let pipeline = Pipeline::start();
        let handle = (pipeline.meter.f64_gauge("m").build(), attributes);
        let run = repeat_value(handle, LEVEL, |(gauge, attributes), level| {
            gauge.record(level, attributes);
        });
        entrant(form, run).leaves(LEVEL, move || pipeline.read())
    };
    vec![form(NONE, Vec::new()), form(TWO, attributes())]
}

/// Returns the up-down counter of f64, which is its gauge that can be raised.
pub(crate) fn gauge_add() -> Entrant {
    let pipeline = Pipeline::start();
    let counter = pipeline.meter.f64_up_down_counter("m").build();
    entrant(
        NONE,
        repeat_value(counter, STEP, |counter, by| counter.add(by, &[])),
    )
    .adds(STEP, move || pipeline.read())
}

/// Returns the histogram over the given bounds: without, with and bound to attributes.
pub(crate) fn histogram(bounds: &[f64], values: Latencies) -> Vec<Entrant> {
    let form = |form, make: fn(opentelemetry::metrics::Histogram<f64>, Latencies) -> Loop| {
        let pipeline = Pipeline::start();
        let histogram = pipeline
            .meter
            .f64_histogram("m")
            .with_boundaries(bounds.to_vec())
            .build();
        entrant(form, make(histogram, values)).adds(1.0, move || pipeline.read())
    };
    vec![
        form(NONE, |histogram, values| {
            over_table(histogram, values.seconds, |histogram, value| {
                histogram.record(value, &[]);
            })
        }),
        form(TWO, |histogram, values| {
            let handle = (histogram, attributes());
            over_table(handle, values.seconds, |(histogram, attributes), value| {
                histogram.record(value, attributes);
            })
        }),
        form(BOUND, |histogram, values| {
            let histogram = histogram.bind(&attributes());
            over_table(histogram, values.seconds, |histogram, value| {
                histogram.record(value);
            })
        }),
    ]
}

fn attributes() -> Vec<KeyValue> {
    ATTRIBUTES
        .map(|(key, value)| KeyValue::new(key, value))
        .to_vec()
}

fn entrant(form: &'static str, run: Loop) -> Entrant {
    Entrant::new("opentelemetry", form, run)
}

/// A meter with its reader and an exporter that only remembers.
pub(crate) struct Pipeline {
    meter: Meter,
    provider: SdkMeterProvider,
    last: Arc<Mutex<f64>>,
}

impl Pipeline {
    /// Returns a new one, with nothing in it.
    pub(crate) fn start() -> Self {
        let last = Arc::new(Mutex::new(f64::NAN));
        let reader = PeriodicReader::builder(Memory {
            last: Arc::clone(&last),
        })
        .with_interval(Duration::from_hours(24))
        .build();
        let provider = SdkMeterProvider::builder().with_reader(reader).build();
        Self {
            meter: provider.meter("bench"),
            provider,
            last,
        }
    }

    /// Returns a counter of u64.
    pub(crate) fn counter(&self) -> opentelemetry::metrics::Counter<u64> {
        self.meter.u64_counter("m").build()
    }

    /// Returns the sum over all points: values, or the counts of histograms.
    pub(crate) fn read(&self) -> f64 {
        self.provider
            .force_flush()
            .expect("the exporter accepts everything");
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An exporter that keeps the sum of the last export.
struct Memory {
    last: Arc<Mutex<f64>>,
}

impl PushMetricExporter for Memory {
    async fn export(&self, metrics: &ResourceMetrics) -> OTelSdkResult {
        let total = metrics
            .scope_metrics()
            .flat_map(opentelemetry_sdk::metrics::data::ScopeMetrics::metrics)
            .map(|metric| match metric.data() {
                AggregatedMetrics::F64(data) => total(data, |value| value),
                AggregatedMetrics::U64(data) => total(data, |value| value as f64),
                AggregatedMetrics::I64(data) => total(data, |value| value as f64),
            })
            .sum();
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = total;
        Ok(())
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _timeout: Duration) -> OTelSdkResult {
        Ok(())
    }

    fn temporality(&self) -> Temporality {
        Temporality::Cumulative
    }
}

fn total<T: Copy>(data: &MetricData<T>, float: fn(T) -> f64) -> f64 {
    match data {
        MetricData::Gauge(gauge) => gauge.data_points().map(|point| float(point.value())).sum(),
        MetricData::Sum(sum) => sum.data_points().map(|point| float(point.value())).sum(),
        MetricData::Histogram(histogram) => histogram
            .data_points()
            .map(|point| point.count() as f64)
            .sum(),
        MetricData::ExponentialHistogram(_) => f64::NAN,
    }
}
