//! prometheus (tikv/rust-prometheus).

use std::array;

use prometheus::core::Collector as _;
use prometheus::{
    Counter, CounterVec, Gauge, Histogram, HistogramOpts, IntCounter, IntCounterVec, IntGauge, Opts,
};

use super::{FLOAT_STEP, LEVEL, STEP};
use crate::case::create::{Creator, Family};
use crate::harness::{Entrant, Loop, Role, in_turn, over_table, repeat, repeat_value};
use crate::key::Pair;
use crate::value::Latencies;

const VALID: &str = "the name and the help are valid";

/// Returns the counter of u64.
pub(crate) fn counter() -> Entrant {
    let counter = IntCounter::new("counter_total", "help").expect(VALID);
    let reader = counter.clone();
    entrant(
        "IntCounter",
        repeat(counter, prometheus::core::GenericCounter::inc),
    )
    .adds(1.0, move || reader.get() as f64)
}

/// Returns sixteen counters in turn.
pub(crate) fn counters_in_turn() -> Entrant {
    let family = IntCounterVec::new(Opts::new("counters_total", "help"), &["index"]).expect(VALID);
    let counters = array::from_fn(|i| family.with_label_values(&[i.to_string()]));
    let readers: [IntCounter; 16] = counters.clone();
    entrant(
        "IntCounter",
        in_turn(counters, prometheus::core::GenericCounter::inc),
    )
    .adds(1.0, move || {
        readers.iter().map(|reader| reader.get() as f64).sum()
    })
}

/// Returns the counter of f64.
pub(crate) fn float_counter() -> Entrant {
    let counter = Counter::new("float_total", "help").expect(VALID);
    let reader = counter.clone();
    entrant(
        "Counter",
        repeat_value(
            counter,
            FLOAT_STEP,
            prometheus::core::GenericCounter::inc_by,
        ),
    )
    .adds(FLOAT_STEP, move || reader.get())
}

/// Returns the gauge of i64, raised and lowered.
pub(crate) fn up_down() -> Entrant {
    let gauge = IntGauge::new("inflight", "help").expect(VALID);
    let reader = gauge.clone();
    let run = repeat(gauge, |gauge| {
        gauge.inc();
        gauge.dec();
    });
    entrant("IntGauge", run)
        .records(2)
        .leaves(0.0, move || reader.get() as f64)
}

/// Returns the gauge of f64, set.
pub(crate) fn gauge_set() -> Entrant {
    let gauge = Gauge::new("level", "help").expect(VALID);
    let reader = gauge.clone();
    entrant(
        "Gauge",
        repeat_value(gauge, LEVEL, prometheus::core::GenericGauge::set),
    )
    .leaves(LEVEL, move || reader.get())
}

/// Returns the gauge of f64, raised.
pub(crate) fn gauge_add() -> Entrant {
    let gauge = Gauge::new("raised", "help").expect(VALID);
    let reader = gauge.clone();
    entrant(
        "Gauge",
        repeat_value(gauge, STEP, prometheus::core::GenericGauge::add),
    )
    .adds(STEP, move || reader.get())
}

/// Returns the histogram over the given bounds.
pub(crate) fn histogram(bounds: &[f64], values: Latencies) -> Entrant {
    let options = HistogramOpts::new("latency_seconds", "help").buckets(bounds.to_vec());
    let histogram = Histogram::with_opts(options).expect(VALID);
    let reader = histogram.clone();
    let run = over_table(histogram, values.seconds, |histogram, value| {
        histogram.observe(value);
    });
    entrant("Histogram", run).adds(1.0, move || reader.get_sample_count() as f64)
}

/// Returns the creation of counters with two labels.
pub(crate) fn creator() -> Creator {
    Creator::new("prometheus", "CounterVec", Role::Peer, || {
        let options = Opts::new("created_total", "help");
        Box::new(CounterVec::new(options, &["method", "route"]).expect(VALID))
    })
}

impl Family for CounterVec {
    fn create(&self, pairs: &[Pair]) {
        for (method, route) in pairs {
            self.get_metric_with_label_values(&[method, route])
                .expect("there are two labels");
        }
    }

    fn series(&self) -> usize {
        self.collect()
            .iter()
            .map(|family| family.get_metric().len())
            .sum()
    }
}

fn entrant(form: &'static str, run: Loop) -> Entrant {
    Entrant::new("prometheus", form, run)
}
