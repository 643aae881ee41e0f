//! metrics (metrics-rs) with its Prometheus exporter.
//!
//! Handles are taken once, as its documentation advises for hot paths. Its
//! histograms keep raw samples until upkeep folds them into buckets; upkeep runs
//! between the measurements and is not charged to it.

use std::array;

use metrics::{counter, gauge, histogram, with_local_recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

use super::text::sample;
use super::{LEVEL, STEP};
use crate::harness::{Entrant, Loop, in_turn, over_table, repeat, repeat_value};
use crate::value::Latencies;

/// Returns the counter handle.
pub(crate) fn counter() -> Entrant {
    let recorder = recorder();
    let counter = with_local_recorder(&recorder, || counter!("counter_total"));
    entrant("Counter", repeat(counter, |counter| counter.increment(1)))
        .adds(1.0, reader(&recorder, "counter_total"))
}

/// Returns sixteen counter handles in turn.
pub(crate) fn counters_in_turn() -> Entrant {
    const NAMES: [&str; 16] = [
        "a_total", "b_total", "c_total", "d_total", "e_total", "f_total", "g_total", "h_total",
        "i_total", "j_total", "k_total", "l_total", "m_total", "n_total", "o_total", "p_total",
    ];
    let recorder = recorder();
    let counters = with_local_recorder(&recorder, || array::from_fn(|i| counter!(NAMES[i])));
    let handle = recorder.handle();
    entrant(
        "Counter",
        in_turn(counters, |counter: &metrics::Counter| counter.increment(1)),
    )
    .adds(1.0, move || {
        let text = handle.render();
        NAMES.iter().map(|name| sample(&text, name)).sum()
    })
}

/// Returns the gauge handle, raised and lowered.
pub(crate) fn up_down() -> Entrant {
    let recorder = recorder();
    let gauge = with_local_recorder(&recorder, || gauge!("inflight"));
    let run = repeat(gauge, |gauge| {
        gauge.increment(1.0);
        gauge.decrement(1.0);
    });
    entrant("Gauge", run)
        .records(2)
        .leaves(0.0, reader(&recorder, "inflight"))
}

/// Returns the gauge handle, set.
pub(crate) fn gauge_set() -> Entrant {
    let recorder = recorder();
    let gauge = with_local_recorder(&recorder, || gauge!("level"));
    entrant("Gauge", repeat_value(gauge, LEVEL, metrics::Gauge::set))
        .leaves(LEVEL, reader(&recorder, "level"))
}

/// Returns the gauge handle, raised.
pub(crate) fn gauge_add() -> Entrant {
    let recorder = recorder();
    let gauge = with_local_recorder(&recorder, || gauge!("raised"));
    entrant(
        "Gauge",
        repeat_value(gauge, STEP, metrics::Gauge::increment),
    )
    .adds(STEP, reader(&recorder, "raised"))
}

/// Returns the histogram handle over the given bounds.
pub(crate) fn histogram(bounds: &[f64], values: Latencies) -> Entrant {
    let recorder = PrometheusBuilder::new()
        .set_buckets(bounds)
        .expect("there are bounds")
        .build_recorder();
    let histogram = with_local_recorder(&recorder, || histogram!("latency_seconds"));
    let upkeep: PrometheusHandle = recorder.handle();
    let run = over_table(histogram, values.seconds, |histogram, value| {
        histogram.record(value);
    });
    entrant("Histogram", run)
        .settle(move || upkeep.run_upkeep())
        .adds(1.0, reader(&recorder, "latency_seconds_count"))
}

fn recorder() -> PrometheusRecorder {
    PrometheusBuilder::new().build_recorder()
}

fn reader(recorder: &PrometheusRecorder, name: &'static str) -> impl Fn() -> f64 + use<> {
    let handle = recorder.handle();
    move || sample(&handle.render(), name)
}

fn entrant(form: &'static str, run: Loop) -> Entrant {
    Entrant::new("metrics", form, run)
}
