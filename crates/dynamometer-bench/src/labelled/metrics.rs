//! metrics (metrics-rs) with its Prometheus exporter.
//!
//! The macro registers on every call: it builds a key that owns its labels and
//! looks that up in the recorder.

use metrics::{counter, with_local_recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};

use super::Held;
use crate::case::series_memory::Worker;
use crate::harness::{Entrant, Loop, over_keys};
use crate::key;
use crate::peer::total;

/// Returns the macro with two labels: copied, and known for good.
pub(crate) fn texts() -> Vec<Entrant> {
    let copied = over_keys((), key::texts(), |(), (model, path)| {
        counter!("m", "model" => model.clone(), "path" => path.clone()).increment(1);
    });
    let known = over_keys((), key::known_texts(), |(), &(model, path)| {
        counter!("m", "model" => model, "path" => path).increment(1);
    });
    vec![
        recorded("counter!, String", copied),
        recorded("counter!, &'static str", known),
    ]
}

/// Creates the series of so many workers in each of the families.
pub(crate) fn hold(families: &[String], workers: &[Worker]) -> Held {
    let recorder = PrometheusBuilder::new().build_recorder();
    with_local_recorder(&recorder, || {
        for name in families {
            for worker in workers {
                let [namespace, component, endpoint, id] = worker.values().map(str::to_owned);
                counter!(
                    name.clone(),
                    "dynamo_namespace" => namespace,
                    "dynamo_component" => component,
                    "dynamo_endpoint" => endpoint,
                    "worker_id" => id,
                )
                .increment(1);
            }
        }
    });
    let handle = recorder.handle();
    Box::new(move || handle.render())
}

/// Returns the entrant whose loop runs with a recorder of its own.
///
/// A recorder of the thread is asked for before that of the process, so this is
/// no slower.
fn recorded(form: &'static str, run: Loop) -> Entrant {
    let recorder: PrometheusRecorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let run: Loop = Box::new(move |iterations| {
        with_local_recorder(&recorder, || run(iterations));
    });
    Entrant::new("metrics", form, run).adds(1.0, move || total(&handle.render(), "m"))
}
