//! metrics (metrics-rs) with its Prometheus exporter, which makes a new text each
//! time.

use anyhow::Result;
use metrics::{Label, counter, describe_counter, describe_histogram, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use super::{COUNTERS, Format, HISTOGRAMS, Key, Load, Write, written};
use crate::case::histogram::ELEVEN;
use crate::case::series_memory::LABELS;
use crate::harness::Racer;

const LIBRARY: &str = "metrics";

const HELP: &str = "A metric of the benchmark.";

/// Returns the text.
pub(crate) fn text(load: &Load) -> Racer {
    let writer = |load: &Load| {
        let recorder = PrometheusBuilder::new().build_recorder();
        let series: Vec<metrics::Counter> = metrics::with_local_recorder(&recorder, || {
            describe_counter!(COUNTERS, HELP);
            load.each(|key| counter!(COUNTERS, labels(key)))
        });
        load.count(move |index, amount| series[index].increment(amount))?;
        Ok(rendered(recorder.handle()))
    };
    written(LIBRARY, "render", Format::Lines, load, writer)
}

/// Returns the text of histograms.
pub(crate) fn histograms(load: &Load) -> Racer {
    let writer = |load: &Load| -> Result<Write> {
        let recorder = PrometheusBuilder::new()
            .set_buckets(&ELEVEN)?
            .build_recorder();
        let series: Vec<metrics::Histogram> = metrics::with_local_recorder(&recorder, || {
            describe_histogram!(HISTOGRAMS, HELP);
            load.each(|key| histogram!(HISTOGRAMS, labels(key)))
        });
        load.observe(move |index, latency| series[index].record(latency))?;
        Ok(rendered(recorder.handle()))
    };
    written(LIBRARY, "render", Format::HistogramLines, load, writer)
}

fn rendered(handle: PrometheusHandle) -> Write {
    Box::new(move |page| *page = handle.render().into_bytes())
}

fn labels(key: &Key) -> Vec<Label> {
    let label = |(name, value): (&'static str, &String)| Label::new(name, value.clone());
    LABELS.into_iter().zip(key).map(label).collect()
}
