//! prometheus-client (`prometheus/client_rust`).
//!
//! A family is looked up by a reference to the type that it holds as its key, so
//! texts that are borrowed have to be copied first.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

use super::Held;
use crate::case::series_memory::Worker;
use crate::harness::{Entrant, Loop, over_keys};
use crate::key::{self, Kind, Status};
use crate::peer::{total, written};

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Copied {
    model: String,
    path: String,
}

#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Known {
    model: &'static str,
    path: &'static str,
}

#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Key {
    status: Status,
    kind: Kind,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub(crate) struct Labels {
    dynamo_namespace: String,
    dynamo_component: String,
    dynamo_endpoint: String,
    worker_id: String,
}

impl Labels {
    /// Returns the labels with these values.
    pub(crate) fn of(values: &[impl AsRef<str>; 4]) -> Self {
        let [namespace, component, endpoint, id] = values;
        Self {
            dynamo_namespace: namespace.as_ref().to_owned(),
            dynamo_component: component.as_ref().to_owned(),
            dynamo_endpoint: endpoint.as_ref().to_owned(),
            worker_id: id.as_ref().to_owned(),
        }
    }
}

/// Returns the family that is looked up by two texts: copied, and known for good.
pub(crate) fn texts() -> Vec<Entrant> {
    let copied = Family::<Copied, Counter>::default();
    let reader = copied.clone();
    let run = over_keys(copied, key::texts(), |family, (model, path)| {
        let labels = Copied {
            model: model.clone(),
            path: path.clone(),
        };
        family.get_or_create(&labels).inc();
    });
    let known = Family::<Known, Counter>::default();
    let known_reader = known.clone();
    let run_known = over_keys(known, key::known_texts(), |family, &(model, path)| {
        family.get_or_create(&Known { model, path }).inc();
    });
    vec![
        counted("Family, String", run, move || written(reader.clone())),
        counted("Family, &'static str", run_known, move || {
            written(known_reader.clone())
        }),
    ]
}

/// Returns the family that is looked up by a key of two enums.
pub(crate) fn typed() -> Entrant {
    let family = Family::<Key, Counter>::default();
    let reader = family.clone();
    let keys = key::typed(|status, kind| Key { status, kind });
    let run = over_keys(family, keys, |family, key| {
        family.get_or_create(key).inc();
    });
    counted("Family, enums", run, move || written(reader.clone()))
}

/// Creates the series of so many workers in each of the families.
pub(crate) fn hold(families: &[String], workers: &[Worker]) -> Held {
    let mut registry = Registry::default();
    for name in families {
        let family = Family::<Labels, Counter>::default();
        for worker in workers {
            let labels = Labels::of(&worker.values());
            family.get_or_create(&labels).inc();
        }
        registry.register(name, "help", family);
    }
    Box::new(move || {
        let mut out = String::new();
        prometheus_client::encoding::text::encode(&mut out, &registry)
            .expect("a string takes all that is written");
        out
    })
}

fn counted(form: &'static str, run: Loop, text: impl Fn() -> String + 'static) -> Entrant {
    Entrant::new("prometheus-client", form, run).adds(1.0, move || total(&text(), "m_total"))
}
