//! prometheus (tikv/rust-prometheus).

use std::hint::black_box;

use anyhow::Result;
use prometheus::core::Collector;
use prometheus::proto::MetricFamily;
use prometheus::{
    Encoder, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, Opts,
    ProtobufEncoder, Registry, TextEncoder,
};

use super::{COUNTERS, Content, Format, HISTOGRAMS, Load, MEMORY, Write, written};
use crate::case::histogram::ELEVEN;
use crate::case::series_memory::LABELS;
use crate::harness::{Pass, Racer};

const LIBRARY: &str = "prometheus";

const HELP: &str = "A metric of the benchmark.";

/// Returns the text.
pub(crate) fn text(load: &Load) -> Racer {
    let writer = |load: &Load| Ok(encoded(counters(load)?, TextEncoder::new()));
    written(LIBRARY, "TextEncoder", Format::Lines, load, writer)
}

/// Returns the text of histograms.
pub(crate) fn histograms(load: &Load) -> Racer {
    let writer = |load: &Load| {
        let options = HistogramOpts::new(HISTOGRAMS, HELP).buckets(ELEVEN.to_vec());
        let family = HistogramVec::new(options, &LABELS)?;
        let series: Vec<Histogram> = load.each(|key| family.with_label_values(key));
        load.observe(move |index, latency| series[index].observe(latency))?;
        Ok(encoded(registered(family)?, TextEncoder::new()))
    };
    written(LIBRARY, "TextEncoder", Format::HistogramLines, load, writer)
}

/// Returns protobuf.
pub(crate) fn protobuf(load: &Load) -> Racer {
    let writer = |load: &Load| Ok(encoded(counters(load)?, ProtobufEncoder::new()));
    written(LIBRARY, "ProtobufEncoder", Format::Messages, load, writer)
}

/// Returns the gathering alone.
pub(crate) fn gather(load: &Load) -> Racer {
    let load = load.clone();
    Racer::new(LIBRARY, "gather", move || {
        let registry = counters(&load)?;
        let families = registry.gather();
        let metrics = families.iter().flat_map(MetricFamily::get_metric);
        let content = Content::of_values(metrics.map(|metric| metric.get_counter().value()));
        content.ensure(load.counted())?;
        let pass: Pass = Box::new(move || {
            black_box(registry.gather());
            Ok(())
        });
        Ok(pass)
    })
}

fn counters(load: &Load) -> Result<Registry> {
    let family = IntCounterVec::new(Opts::new(COUNTERS, HELP), &LABELS)?;
    let series: Vec<IntCounter> = load.each(|key| family.with_label_values(key));
    load.count(move |index, amount| series[index].inc_by(amount))?;
    registered(family)
}

fn registered(family: impl Collector + 'static) -> Result<Registry> {
    let registry = Registry::new();
    registry.register(Box::new(family))?;
    Ok(registry)
}

fn encoded(registry: Registry, encoder: impl Encoder + 'static) -> Write {
    Box::new(move |page| {
        page.clear();
        encoder.encode(&registry.gather(), page).expect(MEMORY);
    })
}
