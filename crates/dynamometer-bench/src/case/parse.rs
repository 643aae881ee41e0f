//! Reading pages: nanoseconds per sample.

use std::sync::Arc;

use anyhow::Result;
use dynamometer_exposition::parse::scan::Dialect;

use crate::case::encode::THREADS;
use crate::encoded::Load;
use crate::encoded::dynamometer::{openmetrics_writer, protobuf_writer, text_writer};
use crate::harness::{Crowd, Plan, Race};
use crate::parsed::{Page, dynamometer, floor, openmetrics_parser, prometheus_parse, prost};
use crate::report::Row;

/// Samples of a page, in one family with four labels.
const SAMPLES: usize = 10_000;

/// Measures the reading of text, of `OpenMetrics` and of protobuf.
///
/// # Errors
///
/// When a library does not find what the page holds.
pub(crate) fn run(plan: &Plan) -> Result<Vec<Row>> {
    let load = Load::new(SAMPLES, &Arc::new(Crowd::gather(THREADS)));
    let mut rows = Vec::new();
    for race in [text(&load)?, openmetrics(&load)?, protobuf(&load)?] {
        rows.extend(race.run(plan)?);
    }
    Ok(rows)
}

fn text(load: &Load) -> Result<Race> {
    let page = Page::written(load, text_writer)?.into_text()?;
    let racers = vec![
        floor::last_words(&page),
        dynamometer::text(&page),
        dynamometer::scanner(&page, Dialect::Prometheus),
        dynamometer::known(&page, Dialect::Prometheus),
        prometheus_parse::text(&page),
        openmetrics_parser::text(&page),
    ];
    Ok(Race::new("parse-text", "ns", SAMPLES as f64, racers))
}

fn openmetrics(load: &Load) -> Result<Race> {
    let page = Page::written(load, openmetrics_writer)?.into_text()?;
    let racers = vec![
        floor::last_words(&page),
        dynamometer::openmetrics(&page),
        dynamometer::scanner(&page, Dialect::OpenMetrics),
        dynamometer::known(&page, Dialect::OpenMetrics),
        openmetrics_parser::openmetrics(&page),
    ];
    Ok(Race::new("parse-openmetrics", "ns", SAMPLES as f64, racers))
}

fn protobuf(load: &Load) -> Result<Race> {
    let page = Page::written(load, protobuf_writer)?;
    let racers = vec![dynamometer::protobuf(&page), prost::protobuf(&page)];
    Ok(Race::new("parse-protobuf", "ns", SAMPLES as f64, racers))
}
