//! measured (conradludgate/measured).
//!
//! Labels with closed lists of values index an array. Other values are interned
//! first, here in the map that its own benches use; the numbers they get are
//! looked up in a sharded map then.

use std::sync::Arc;

use measured::label::{LabelGroupSet, StaticLabelSet};
use measured::metric::MetricFamilyEncoding as _;
use measured::metric::name::MetricName;
use measured::text::BufferedTextEncoder;
use measured::{CounterVec, LabelGroup};
use paracord::ParaCord;

use super::Held;
use crate::case::series_memory::Worker;
use crate::harness::{Entrant, Loop, over_keys};
use crate::key::{self, Kind, Status};
use crate::peer::total;

#[derive(LabelGroup)]
#[label(set = TextsSet)]
struct Texts<'a> {
    #[label(dynamic_with = ParaCord, default)]
    model: &'a str,
    #[label(dynamic_with = ParaCord, default)]
    path: &'a str,
}

#[derive(Clone, Copy, LabelGroup)]
#[label(set = KeySet)]
struct Key {
    status: Status,
    kind: Kind,
}

/// All sets are one, so that each text is held once for all families.
#[derive(LabelGroup)]
#[label(set = LabelsSet)]
pub(crate) struct Labels<'a> {
    #[label(dynamic_with = Arc<ParaCord>)]
    dynamo_namespace: &'a str,
    #[label(dynamic_with = Arc<ParaCord>)]
    dynamo_component: &'a str,
    #[label(dynamic_with = Arc<ParaCord>)]
    dynamo_endpoint: &'a str,
    #[label(dynamic_with = Arc<ParaCord>)]
    worker_id: &'a str,
}

impl<'a> Labels<'a> {
    /// Returns the labels with these values.
    pub(crate) fn of(values: &'a [impl AsRef<str>; 4]) -> Self {
        let [namespace, component, endpoint, id] = values;
        Self {
            dynamo_namespace: namespace.as_ref(),
            dynamo_component: component.as_ref(),
            dynamo_endpoint: endpoint.as_ref(),
            worker_id: id.as_ref(),
        }
    }
}

/// Returns the set of the values of such labels, which holds each text once.
pub(crate) fn labels_set(texts: &Arc<ParaCord>) -> LabelsSet {
    let set = || Arc::clone(texts);
    LabelsSet::new(set(), set(), set(), set())
}

/// Returns the family that is looked up by two texts.
pub(crate) fn texts() -> Entrant {
    let family = Arc::new(CounterVec::with_label_set(TextsSet::new()));
    let reader = Arc::clone(&family);
    let run = over_keys(family, key::texts(), |family, (model, path)| {
        family.inc(Texts { model, path });
    });
    counted("CounterVec, ParaCord", run, move || written(&reader, "m"))
}

/// Returns the family that is looked up by a key of two enums.
pub(crate) fn typed() -> Entrant {
    let set = KeySet {
        status: StaticLabelSet::new(),
        kind: StaticLabelSet::new(),
    };
    let family = Arc::new(CounterVec::with_label_set(set));
    let reader = Arc::clone(&family);
    let keys = key::typed(|status, kind| Key { status, kind });
    let run = over_keys(family, keys, |family, key| family.inc(*key));
    counted("CounterVec, dense", run, move || written(&reader, "m"))
}

/// Creates the series of so many workers in each of the families.
pub(crate) fn hold(families: &[String], workers: &[Worker]) -> Held {
    let texts = Arc::new(ParaCord::default());
    let mut held = Vec::new();
    for name in families {
        let family = CounterVec::with_label_set(labels_set(&texts));
        for worker in workers {
            family.inc(Labels::of(&worker.values()));
        }
        // Names are part of the program here; these stay until the child ends.
        let name: &'static str = name.clone().leak();
        held.push((name, family));
    }
    Box::new(move || {
        let texts = held.iter().map(|(name, family)| written(family, name));
        texts.collect()
    })
}

fn counted(form: &'static str, run: Loop, text: impl Fn() -> String + 'static) -> Entrant {
    Entrant::new("measured", form, run).adds(1.0, move || total(&text(), "m"))
}

fn written<L: LabelGroupSet>(family: &CounterVec<L>, name: &'static str) -> String {
    let mut encoder = BufferedTextEncoder::new();
    let Ok(()) = family.collect_family_into(MetricName::from_str(name), &mut encoder);
    String::from_utf8_lossy(&encoder.finish()).into_owned()
}
