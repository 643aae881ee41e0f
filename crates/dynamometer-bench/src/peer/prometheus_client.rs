//! prometheus-client (`prometheus/client_rust`).

use std::array;
use std::sync::atomic::AtomicU64;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Metric, Registry};

use super::text::sample;
use super::{FLOAT_STEP, LEVEL, STEP};
use crate::case::create::{Creator, Family};
use crate::harness::{Entrant, Loop, Role, in_turn, over_table, repeat, repeat_value};
use crate::key::Pair;
use crate::value::Latencies;

type FloatCounter = Counter<f64, AtomicU64>;
type FloatGauge = Gauge<f64, AtomicU64>;

/// Returns the counter of u64.
pub(crate) fn counter() -> Entrant {
    let counter: Counter = Counter::default();
    let reader = counter.clone();
    let run = repeat(counter, |counter| {
        counter.inc();
    });
    entrant("Counter", run).adds(1.0, move || reader.get() as f64)
}

/// Returns sixteen counters in turn.
pub(crate) fn counters_in_turn() -> Entrant {
    let counters: [Counter; 16] = array::from_fn(|_| Counter::default());
    let readers = counters.clone();
    let run = in_turn(counters, |counter| {
        counter.inc();
    });
    entrant("Counter", run).adds(1.0, move || {
        readers.iter().map(|reader| reader.get() as f64).sum()
    })
}

/// Returns the counter of f64.
pub(crate) fn float_counter() -> Entrant {
    let counter = FloatCounter::default();
    let reader = counter.clone();
    let run = repeat_value(counter, FLOAT_STEP, |counter, by| {
        counter.inc_by(by);
    });
    entrant("Counter<f64>", run).adds(FLOAT_STEP, move || reader.get())
}

/// Returns the gauge of i64, raised and lowered.
pub(crate) fn up_down() -> Entrant {
    let gauge: Gauge = Gauge::default();
    let reader = gauge.clone();
    let run = repeat(gauge, |gauge| {
        gauge.inc();
        gauge.dec();
    });
    entrant("Gauge", run)
        .records(2)
        .leaves(0.0, move || reader.get() as f64)
}

/// Returns the gauge of f64, set.
pub(crate) fn gauge_set() -> Entrant {
    let gauge = FloatGauge::default();
    let reader = gauge.clone();
    let run = repeat_value(gauge, LEVEL, |gauge, level| {
        gauge.set(level);
    });
    entrant("Gauge<f64>", run).leaves(LEVEL, move || reader.get())
}

/// Returns the gauge of f64, raised.
pub(crate) fn gauge_add() -> Entrant {
    let gauge = FloatGauge::default();
    let reader = gauge.clone();
    let run = repeat_value(gauge, STEP, |gauge, by| {
        gauge.inc_by(by);
    });
    entrant("Gauge<f64>", run).adds(STEP, move || reader.get())
}

/// Returns the histogram over the given bounds.
pub(crate) fn histogram(bounds: &[f64], values: Latencies) -> Entrant {
    let histogram = Histogram::new(bounds.iter().copied());
    let reader = histogram.clone();
    let run = over_table(histogram, values.seconds, |histogram, value| {
        histogram.observe(value);
    });
    entrant("Histogram", run).adds(1.0, move || sample(&written(reader.clone()), "m_count"))
}

/// Returns the creation of counters with two labels.
pub(crate) fn creator() -> Creator {
    Creator::new("prometheus-client", "Family", Role::Peer, || {
        Box::new(CounterFamily::default())
    })
}

type CounterFamily = family::Family<Labels, Counter>;

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Labels {
    method: String,
    route: String,
}

impl Family for CounterFamily {
    fn create(&self, pairs: &[Pair]) {
        for (method, route) in pairs {
            // The key owns its strings, so building it is part of the cost.
            let labels = Labels {
                method: method.clone(),
                route: route.clone(),
            };
            drop(self.get_or_create(&labels));
        }
    }

    fn series(&self) -> usize {
        written(self.clone())
            .lines()
            .filter(|line| line.starts_with("m_total{"))
            .count()
    }
}

/// Returns the exposition of the metric under the name "m".
///
/// Neither the count of a histogram nor the size of a family can be read directly.
pub(crate) fn written(metric: impl Metric) -> String {
    let mut registry = Registry::default();
    registry.register("m", "help", metric);
    let mut out = String::new();
    text::encode(&mut out, &registry).expect("a string takes all that is written");
    out
}

fn entrant(form: &'static str, run: Loop) -> Entrant {
    Entrant::new("prometheus-client", form, run)
}
