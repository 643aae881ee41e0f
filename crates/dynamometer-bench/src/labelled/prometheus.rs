//! prometheus (tikv/rust-prometheus).
//!
//! It hashes the values with FNV, one behind the other, and compares no keys:
//! two keys of one hash are one series.

use prometheus::{IntCounterVec, Opts, Registry, TextEncoder};

use super::Held;
use crate::case::series_memory::{LABELS, Worker};
use crate::harness::{Entrant, over_keys};
use crate::key::{self, NAMES};
use crate::peer::total;

const VALID: &str = "the name, the help and the labels are valid";

/// Returns the family that is looked up by two texts.
pub(crate) fn texts() -> Entrant {
    let family = family("m", &NAMES);
    let registry = Registry::new();
    registry.register(Box::new(family.clone())).expect(VALID);
    let run = over_keys(family, key::texts(), |family, (model, path)| {
        family.with_label_values(&[model, path]).inc();
    });
    Entrant::new("prometheus", "IntCounterVec", run)
        .adds(1.0, move || total(&written(&registry), "m"))
}

/// Creates the series of so many workers in each of the families.
pub(crate) fn hold(families: &[String], workers: &[Worker]) -> Held {
    let registry = Registry::new();
    for name in families {
        let family = family(name, &LABELS);
        for worker in workers {
            family.with_label_values(&worker.values()).inc();
        }
        registry.register(Box::new(family)).expect(VALID);
    }
    Box::new(move || written(&registry))
}

fn family(name: &str, labels: &[&str]) -> IntCounterVec {
    IntCounterVec::new(Opts::new(name, "help"), labels).expect(VALID)
}

fn written(registry: &Registry) -> String {
    TextEncoder::new()
        .encode_to_string(&registry.gather())
        .expect("a string takes all that is written")
}
