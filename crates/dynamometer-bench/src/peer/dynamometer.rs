//! dynamometer: this library.

use std::array;

use anyhow::{Context as _, Result};
use dynamometer::{Counter, MetricContainer as _, MetricCounter, PrometheusContainer};
use dynamometer_status::StatusServer;

use super::{FLOAT_STEP, LEVEL, STEP};
use crate::case::create::{Creator, Family};
use crate::harness::{Entrant, Loop, Role, in_turn, over_table, repeat, repeat_value};
use crate::key::Pair;
use crate::value::Latencies;

/// The help text of every metric.
pub(crate) const HELP: &str = "A metric of the benchmark.";

/// Returns the counter.
pub(crate) fn counter() -> Entrant {
    let counter = container().counter("counter_total").help(HELP).build();
    let reader = counter.clone();
    ours("Counter", increments(counter)).adds(1.0, move || reader.get_value() as f64)
}

/// Returns sixteen counters in turn.
pub(crate) fn counters_in_turn() -> Entrant {
    let container = container();
    let counters: [_; 16] = array::from_fn(|i| {
        container
            .counter("counters_total")
            .help(HELP)
            .label("index", &i.to_string())
            .build()
    });
    let readers = counters.clone();
    ours("Counter", in_turn(counters, dynamometer::Counter::inc)).adds(1.0, move || {
        readers.iter().map(|reader| reader.get_value() as f64).sum()
    })
}

/// Returns the counter of f64.
pub(crate) fn float_counter() -> Entrant {
    let counter = container().float_counter("float_total").help(HELP).build();
    let reader = counter.clone();
    ours(
        "FloatCounter",
        repeat_value(counter, FLOAT_STEP, dynamometer::FloatCounter::inc_by),
    )
    .adds(FLOAT_STEP, move || reader.get_value())
}

/// Returns the up-down counter, raised and lowered.
pub(crate) fn up_down() -> Entrant {
    let counter = container().up_down_counter("inflight").help(HELP).build();
    let reader = counter.clone();
    let run = repeat(counter, |counter| {
        counter.inc();
        counter.dec();
    });
    ours("UpDownCounter", run)
        .records(2)
        .leaves(0.0, move || reader.get_value() as f64)
}

/// Returns the gauge, set.
pub(crate) fn gauge_set() -> Entrant {
    let gauge = container().gauge("level").help(HELP).build();
    let reader = gauge.clone();
    ours("Gauge", repeat_value(gauge, LEVEL, dynamometer::Gauge::set))
        .leaves(LEVEL, move || reader.get_value())
}

/// Returns the gauge, raised.
pub(crate) fn gauge_add() -> Entrant {
    let gauge = container().gauge("raised").help(HELP).build();
    let reader = gauge.clone();
    ours("Gauge", repeat_value(gauge, STEP, dynamometer::Gauge::inc))
        .adds(STEP, move || reader.get_value())
}

/// Returns the histogram over the given bounds.
pub(crate) fn histogram(bounds: &[f64], values: Latencies) -> Entrant {
    let histogram = container()
        .histogram("latency_seconds")
        .help(HELP)
        .buckets(bounds)
        .build();
    let reader = histogram.clone();
    let run = over_table(histogram, values.seconds, |histogram, value| {
        histogram.observe(value);
    });
    ours("Histogram", run).adds(1.0, move || reader.get_value().count() as f64)
}

/// Returns the histogram with exponential buckets.
pub(crate) fn exponential_histogram(values: Latencies) -> Entrant {
    let histogram = container()
        .exponential_histogram("latency_seconds")
        .help(HELP)
        .build();
    let reader = histogram.clone();
    let run = over_table(histogram, values.seconds, |histogram, value| {
        histogram.observe(value);
    });
    ours("ExponentialHistogram", run).adds(1.0, move || reader.get_value().count() as f64)
}

/// Returns the counter behind the object-safe trait.
pub(crate) fn boxed_counter() -> Entrant {
    let container = container();
    let create = || container.create_counter("boxed_total", HELP, &[("kind", "boxed")]);
    // The same name and labels give the same cells.
    let (counter, reader): (Box<dyn MetricCounter>, _) = (create(), create());
    ours(
        "Box<dyn MetricCounter>",
        repeat(counter, |counter| counter.inc()),
    )
    .adds(1.0, move || reader.get_value() as f64)
}

/// Returns the creation of counters with two labels.
pub(crate) fn creator() -> Creator {
    Creator::new("dynamometer", "Container::counter", Role::Ours, || {
        Box::new(container())
    })
}

/// Returns that many counters, for the memory of many threads that touch them.
pub(crate) fn counters(count: usize) -> Vec<Counter> {
    let container = container();
    (0..count)
        .map(|i| {
            container
                .counter("touched_total")
                .help(HELP)
                .label("index", &i.to_string())
                .build()
        })
        .collect()
}

/// Starts the status server of a container, on a free port.
///
/// # Errors
///
/// When no port can be bound.
pub(crate) fn serve(container: PrometheusContainer) -> Result<StatusServer> {
    StatusServer::builder()
        .container(container)
        .enabled(true)
        .host("127.0.0.1")
        .port(0)
        .start()
        .context("cannot start the status server")
}

impl Family for PrometheusContainer {
    fn create(&self, pairs: &[Pair]) {
        for (method, route) in pairs {
            self.counter("created_total")
                .help(HELP)
                .label("method", method)
                .label("route", route)
                .build();
        }
    }

    fn series(&self) -> usize {
        self.export_prometheus()
            .lines()
            .filter(|line| line.contains("created_total{"))
            .count()
    }
}

/// Returns the loop over one counter: the same machine code for whoever made it.
pub(crate) fn increments(counter: Counter) -> Loop {
    repeat(counter, Counter::inc)
}

/// Returns an entrant of this library.
pub(crate) fn ours(form: &'static str, run: Loop) -> Entrant {
    Entrant::new("dynamometer", form, run).role(Role::Ours)
}

/// Returns an empty container.
pub(crate) fn container() -> PrometheusContainer {
    PrometheusContainer::new("bench")
}
