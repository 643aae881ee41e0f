//! opentelemetry and its SDK.

use opentelemetry::KeyValue;

use crate::harness::{Entrant, Loop, over_keys};
use crate::key;
use crate::peer::opentelemetry::Pipeline;

/// Returns the counter with two attributes: copied, and known for good.
pub(crate) fn texts() -> Vec<Entrant> {
    let pipelines = [Pipeline::start(), Pipeline::start()];
    let counters = pipelines.each_ref().map(Pipeline::counter);
    let [copied, known] = counters;
    let copied = over_keys(copied, key::texts(), |counter, (model, path)| {
        let attributes = [
            KeyValue::new("model", model.clone()),
            KeyValue::new("path", path.clone()),
        ];
        counter.add(1, &attributes);
    });
    let known = over_keys(known, key::known_texts(), |counter, &(model, path)| {
        let attributes = [KeyValue::new("model", model), KeyValue::new("path", path)];
        counter.add(1, &attributes);
    });
    let [of_copied, of_known] = pipelines;
    vec![
        counted("add, String", copied, of_copied),
        counted("add, &'static str", known, of_known),
    ]
}

fn counted(form: &'static str, run: Loop, pipeline: Pipeline) -> Entrant {
    Entrant::new("opentelemetry", form, run).adds(1.0, move || pipeline.read())
}
