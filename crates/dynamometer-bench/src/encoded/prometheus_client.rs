//! prometheus-client (`prometheus/client_rust`), whose text is `OpenMetrics`.

use std::fmt;

use anyhow::Result;
use prometheus_client::encoding::{prometheus_protobuf, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use prost::Message as _;

use super::{COUNTERS, Format, HISTOGRAMS, Load, MEMORY, Write, written};
use crate::case::histogram::ELEVEN;
use crate::harness::Racer;
use crate::labelled::prometheus_client::Labels;

const LIBRARY: &str = "prometheus-client";

const HELP: &str = "A metric of the benchmark";

/// Returns `OpenMetrics`.
pub(crate) fn openmetrics(load: &Load) -> Racer {
    let writer = |load: &Load| Ok(encoded(counters(load)?));
    written(LIBRARY, "text::encode", Format::Lines, load, writer)
}

/// Returns `OpenMetrics` of histograms.
pub(crate) fn histograms(load: &Load) -> Racer {
    let writer = |load: &Load| {
        let family = Family::new_with_constructor(|| Histogram::new(ELEVEN));
        let series: Vec<Histogram> = load.each(|key| family.get_or_create_owned(&Labels::of(key)));
        load.observe(move |index, latency| series[index].observe(latency))?;
        let mut registry = Registry::default();
        registry.register(HISTOGRAMS, HELP, family);
        Ok(encoded(registry))
    };
    written(
        LIBRARY,
        "text::encode",
        Format::HistogramLines,
        load,
        writer,
    )
}

/// Returns Prometheus' protobuf, each message behind its length.
pub(crate) fn protobuf(load: &Load) -> Racer {
    let writer = |load: &Load| -> Result<Write> {
        let registry = counters(load)?;
        Ok(Box::new(move |page| {
            page.clear();
            for family in prometheus_protobuf::encode(&registry).expect(MEMORY) {
                family.encode_length_delimited(page).expect(MEMORY);
            }
        }))
    };
    let form = "prometheus_protobuf::encode";
    written(LIBRARY, form, Format::Messages, load, writer)
}

fn counters(load: &Load) -> Result<Registry> {
    let family = Family::<Labels, Counter>::default();
    let series: Vec<Counter> = load.each(|key| family.get_or_create_owned(&Labels::of(key)));
    load.count(move |index, amount| {
        series[index].inc_by(amount);
    })?;
    let mut registry = Registry::default();
    // It appends the ending itself.
    let name = COUNTERS.trim_end_matches("_total");
    registry.register(name, HELP, family);
    Ok(registry)
}

fn encoded(registry: Registry) -> Write {
    Box::new(move |page| {
        page.clear();
        text::encode(&mut Bytes(page), &registry).expect(MEMORY);
    })
}

/// Takes text as a `String` does, without a check of the page that is reused.
struct Bytes<'a>(&'a mut Vec<u8>);

impl fmt::Write for Bytes<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}
