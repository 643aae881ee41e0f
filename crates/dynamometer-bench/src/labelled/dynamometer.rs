//! dynamometer: this library.

use dynamometer::{CounterVec, Labels, PrometheusContainer};

use super::Held;
use crate::case::create::{Creator, Family};
use crate::case::series_memory::{LABELS, Worker};
use crate::harness::{Entrant, Loop, Role, over_keys, over_numbers};
use crate::key::{self, Kind, NAMES, Numbered, Pair, Status};
use crate::peer::dynamometer::{HELP, container, increments, ours};
use crate::peer::total;

/// The series that the family with a limit may have.
const LIMIT: u32 = 1_000;

#[derive(Clone, Copy, Labels)]
struct Key {
    status: Status,
    kind: Kind,
}

/// Returns the family that is looked up by two texts.
pub(crate) fn texts() -> Entrant {
    let container = container();
    let family = container.counter("texts_total").help(HELP).vec(&NAMES);
    let run = over_keys(family, key::texts(), |family, (model, path)| {
        family.with_label_values(&[model, path]).inc();
    });
    counted("CounterVec", run, container, "bench_texts_total")
}

/// Returns the family that is looked up by a key of two enums.
pub(crate) fn typed() -> Entrant {
    let container = container();
    let family: CounterVec<Key> = container.counter("typed_total").help(HELP).keyed();
    let keys = key::typed(|status, kind| Key { status, kind });
    let run = over_keys(family, keys, |family, key| family.with(key).inc());
    counted("CounterVec<Key>", run, container, "bench_typed_total")
}

/// Returns a handle that was looked up once and kept.
pub(crate) fn kept() -> Entrant {
    let container = container();
    let family = container.counter("kept_total").help(HELP).vec(&NAMES);
    let counter = family.with_label_values(&["model-0", "/"]).keep();
    let run = increments(counter);
    counted("CounterVec, kept", run, container, "bench_kept_total")
}

/// Returns look-ups of that many keys in a family that is full.
pub(crate) fn beyond_limit(keys: u32) -> Entrant {
    let (container, family) = full();
    let run = over_numbers(family, keys, |family, number| {
        let user = Numbered::new(LIMIT + number);
        family.with_label_values(&["model-0", user.as_str()]).inc();
    });
    counted("beyond the limit", run, container, "bench_full_total")
}

/// Returns look-ups of the keys that the full family holds.
pub(crate) fn within_limit() -> Entrant {
    let (container, family) = full();
    let run = over_numbers(family, LIMIT, |family, number| {
        let user = Numbered::new(number);
        family.with_label_values(&["model-0", user.as_str()]).inc();
    });
    counted("within the limit", run, container, "bench_full_total").role(Role::Floor)
}

fn full() -> (PrometheusContainer, CounterVec) {
    let container = container();
    let family = container
        .counter("full_total")
        .help(HELP)
        .limit(LIMIT as usize)
        .vec(&["model", "user"]);
    for number in 0..LIMIT {
        let user = Numbered::new(number);
        family.with_label_values(&["model-0", user.as_str()]);
    }
    (container, family)
}

/// Returns the creation of counters of one family with two labels.
pub(crate) fn creator() -> Creator {
    Creator::new("dynamometer", "CounterVec", Role::Ours, || {
        let container = container();
        let family = container.counter("created_total").help(HELP);
        Box::new(Created(family.vec(&["method", "route"]), container))
    })
}

struct Created(CounterVec, PrometheusContainer);

impl Family for Created {
    fn create(&self, pairs: &[Pair]) {
        for (method, route) in pairs {
            self.0.with_label_values(&[method, route]);
        }
    }

    fn series(&self) -> usize {
        self.1.series()
    }
}

/// Creates the series of so many workers in each of the families.
pub(crate) fn hold(families: &[String], workers: &[Worker]) -> Held {
    let container = container();
    for name in families {
        let family = container.counter(name).help(HELP).vec(&LABELS);
        for worker in workers {
            family.with_label_values(&worker.values()).inc();
        }
    }
    Box::new(move || container.export_prometheus())
}

fn counted(
    form: &'static str,
    run: Loop,
    container: PrometheusContainer,
    name: &'static str,
) -> Entrant {
    ours(form, run).adds(1.0, move || total(&container.export_prometheus(), name))
}
