//! Writing pages: nanoseconds per series, from the container to the finished page.

use std::sync::Arc;

use anyhow::Result;

use crate::encoded::{
    Format, Load, dynamometer, floor, measured, metrics, prometheus, prometheus_client,
};
use crate::harness::{Crowd, Plan, Race, Racer};
use crate::report::Row;

/// Threads that record and stay, as those of a small server.
pub(crate) const THREADS: usize = 8;

/// Lines of a histogram: eleven buckets, that of all, the sum, the count.
const HISTOGRAM_LINES: usize = 14;

/// A page that everyone writes.
struct Page {
    kind: &'static str,
    series: usize,
    /// What the cost is shown for, of each series.
    lines: usize,
    racers: fn(&Load) -> Vec<Racer>,
}

impl Page {
    const fn new(kind: &'static str, series: usize, racers: fn(&Load) -> Vec<Racer>) -> Self {
        Self {
            kind,
            series,
            lines: 1,
            racers,
        }
    }
}

const PAGES: [Page; 11] = [
    Page::new("snapshot-100k", 100_000, snapshot),
    Page::new("text-1k", 1_000, text),
    Page::new("text-10k", 10_000, text),
    Page::new("text-100k", 100_000, text),
    Page {
        lines: HISTOGRAM_LINES,
        ..Page::new("text-histograms-10k", 10_000 / HISTOGRAM_LINES, histograms)
    },
    Page::new("openmetrics-1k", 1_000, openmetrics),
    Page::new("openmetrics-10k", 10_000, openmetrics),
    Page::new("openmetrics-100k", 100_000, openmetrics),
    Page::new("protobuf-1k", 1_000, protobuf),
    Page::new("protobuf-10k", 10_000, protobuf),
    Page::new("protobuf-100k", 100_000, protobuf),
];

/// Measures pages of counters and of histograms in one family with four labels.
///
/// The cells of all threads that recorded are summed for each.
///
/// # Errors
///
/// When a page does not hold what was recorded.
pub(crate) fn run(plan: &Plan) -> Result<Vec<Row>> {
    let crowd = Arc::new(Crowd::gather(THREADS));
    let mut rows = Vec::new();
    for page in PAGES {
        let racers = (page.racers)(&Load::new(page.series, &crowd));
        let lines = (page.series * page.lines) as f64;
        rows.extend(Race::new(page.kind, "ns", lines, racers).run(plan)?);
    }
    Ok(rows)
}

fn snapshot(load: &Load) -> Vec<Racer> {
    vec![dynamometer::snapshot(load), prometheus::gather(load)]
}

fn text(load: &Load) -> Vec<Racer> {
    vec![
        floor::copy(Format::Lines, load, dynamometer::text_writer),
        dynamometer::text(load),
        dynamometer::text_in_pieces(load),
        prometheus::text(load),
        prometheus_client::openmetrics(load),
        metrics::text(load),
        measured::text(load),
    ]
}

fn histograms(load: &Load) -> Vec<Racer> {
    vec![
        floor::copy(Format::HistogramLines, load, dynamometer::histogram_writer),
        dynamometer::histograms(load),
        prometheus::histograms(load),
        prometheus_client::histograms(load),
        metrics::histograms(load),
        measured::histograms(load),
    ]
}

/// Only these two write it.
fn openmetrics(load: &Load) -> Vec<Racer> {
    vec![
        floor::copy(Format::Lines, load, dynamometer::openmetrics_writer),
        dynamometer::openmetrics(load),
        prometheus_client::openmetrics(load),
    ]
}

fn protobuf(load: &Load) -> Vec<Racer> {
    vec![
        floor::copy(Format::Messages, load, dynamometer::protobuf_writer),
        dynamometer::protobuf(load),
        dynamometer::protobuf_alone(load),
        prometheus::protobuf(load),
        prometheus_client::protobuf(load),
    ]
}
