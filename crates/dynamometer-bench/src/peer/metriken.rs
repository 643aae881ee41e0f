//! metriken (iopsystems/metriken).
//!
//! Its gauges are integers and its histograms log-linear over integers with a
//! grouping power of 7 (a relative error of 0.8 %), without a sum: so they enter
//! with nanoseconds, and compare with a histogram of buckets only loosely. The
//! sharded types are its answer to contention and enter beside the plain ones.

use std::array;
use std::sync::Arc;

use metriken::{
    AtomicCounterHistogram, Counter, Gauge, ShardedCounterGroup, ShardedCounterHistogram,
};

use crate::harness::{Entrant, Loop, in_turn, over_table, repeat, repeat_value};
use crate::value::Latencies;

const GROUPING_POWER: u8 = 7;
const MAX_VALUE_POWER: u8 = 64;

/// Returns the counter, and the group of counters that is sharded by thread.
pub(crate) fn counter() -> Vec<Entrant> {
    let counter = Arc::new(Counter::new());
    let reader = Arc::clone(&counter);
    let run = repeat(counter, |counter| {
        counter.increment();
    });
    let sharded = Arc::new(ShardedCounterGroup::new(1));
    let sharded_reader = Arc::clone(&sharded);
    let sharded_run = repeat(sharded, |group| {
        group.increment(0);
    });
    vec![
        entrant("Counter", run).adds(1.0, move || reader.value() as f64),
        entrant("ShardedCounterGroup", sharded_run).adds(1.0, move || {
            sharded_reader
                .value(0)
                .map_or(f64::NAN, |value| value as f64)
        }),
    ]
}

/// Returns sixteen counters in turn.
pub(crate) fn counters_in_turn() -> Entrant {
    let counters: [_; 16] = array::from_fn(|_| Arc::new(Counter::new()));
    let readers = counters.clone();
    let run = in_turn(counters, |counter| {
        counter.increment();
    });
    entrant("Counter", run).adds(1.0, move || {
        readers.iter().map(|reader| reader.value() as f64).sum()
    })
}

/// Returns the gauge, raised and lowered.
pub(crate) fn up_down() -> Entrant {
    let gauge = Arc::new(Gauge::new());
    let reader = Arc::clone(&gauge);
    let run = repeat(gauge, |gauge| {
        gauge.increment();
        gauge.decrement();
    });
    entrant("Gauge", run)
        .records(2)
        .leaves(0.0, move || reader.value() as f64)
}

/// Returns the gauge, set.
pub(crate) fn gauge_set() -> Entrant {
    let gauge = Arc::new(Gauge::new());
    let reader = Arc::clone(&gauge);
    let run = repeat_value(gauge, 42, |gauge, level| {
        gauge.set(level);
    });
    entrant("Gauge", run).leaves(42.0, move || reader.value() as f64)
}

/// Returns the gauge, raised.
pub(crate) fn gauge_add() -> Entrant {
    let gauge = Arc::new(Gauge::new());
    let reader = Arc::clone(&gauge);
    let run = repeat_value(gauge, 3, |gauge, by| {
        gauge.add(by);
    });
    entrant("Gauge", run).adds(3.0, move || reader.value() as f64)
}

/// Returns the histogram, and the one that is sharded by thread.
pub(crate) fn histogram(values: Latencies) -> Vec<Entrant> {
    const IN_RANGE: &str = "every u64 is in range";
    let histogram = Arc::new(AtomicCounterHistogram::new(GROUPING_POWER, MAX_VALUE_POWER));
    let reader = Arc::clone(&histogram);
    let run = over_table(histogram, values.nanos, |histogram, value| {
        histogram.increment(value).expect(IN_RANGE);
    });
    let sharded = Arc::new(ShardedCounterHistogram::new(
        GROUPING_POWER,
        MAX_VALUE_POWER,
    ));
    let sharded_reader = Arc::clone(&sharded);
    let sharded_run = over_table(sharded, values.nanos, |histogram, value| {
        histogram.increment(value).expect(IN_RANGE);
    });
    vec![
        entrant("AtomicCounterHistogram", run).adds(1.0, move || count(reader.load())),
        entrant("ShardedCounterHistogram", sharded_run)
            .adds(1.0, move || count(sharded_reader.load())),
    ]
}

fn count(histogram: Option<metriken::histogram::Histogram>) -> f64 {
    histogram.map_or(f64::NAN, |histogram| {
        histogram.as_slice().iter().sum::<u64>() as f64
    })
}

fn entrant(form: &'static str, run: Loop) -> Entrant {
    Entrant::new("metriken", form, run)
}
