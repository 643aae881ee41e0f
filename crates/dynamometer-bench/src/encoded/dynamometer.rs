//! dynamometer: this library.

use std::hint::black_box;
use std::mem::take;

use anyhow::Result;
use dynamometer::{Counter, Histogram, MetricContainer as _, PrometheusContainer};
use dynamometer_exposition::openmetrics::{self, Created};
use dynamometer_exposition::{protobuf, text};

use super::{COUNTERS, Content, Format, Load, Write, written};
use crate::case::histogram::ELEVEN;
use crate::case::series_memory::LABELS;
use crate::harness::{Pass, Racer, Role};
use crate::peer::dynamometer::{HELP, container};

const LIBRARY: &str = "dynamometer";

/// Returns the text.
pub(crate) fn text(load: &Load) -> Racer {
    written(LIBRARY, "text", Format::Lines, load, text_writer).role(Role::Ours)
}

/// Returns the text in pieces that are used again, as a server sends it.
pub(crate) fn text_in_pieces(load: &Load) -> Racer {
    let load = load.clone();
    Racer::new(LIBRARY, "text, in pieces", move || {
        let container = counters(&load)?.0;
        let mut page = Vec::new();
        let snapshot = container.get_metrics();
        text::render_in_pieces(&snapshot, Vec::new(), &mut |piece| {
            page.extend_from_slice(&piece);
            piece
        });
        Format::Lines.check(&page, &load)?;
        let pass: Pass = Box::new(move || {
            text::render_in_pieces(&container.get_metrics(), Vec::new(), &mut black_box);
            Ok(())
        });
        Ok(pass)
    })
    .role(Role::Another)
}

/// Returns the text of histograms.
pub(crate) fn histograms(load: &Load) -> Racer {
    let format = Format::HistogramLines;
    written(LIBRARY, "text", format, load, histogram_writer).role(Role::Ours)
}

/// Returns `OpenMetrics` without the lines that most scrapers do not want.
pub(crate) fn openmetrics(load: &Load) -> Racer {
    written(
        LIBRARY,
        "openmetrics",
        Format::Lines,
        load,
        openmetrics_writer,
    )
    .role(Role::Ours)
}

/// Returns protobuf by an encoder that is kept, as a server does.
pub(crate) fn protobuf(load: &Load) -> Racer {
    let format = Format::Messages;
    written(LIBRARY, "Encoder", format, load, protobuf_writer).role(Role::Ours)
}

/// Returns protobuf that knows nothing of the last page.
pub(crate) fn protobuf_alone(load: &Load) -> Racer {
    let writer = |load: &Load| -> Result<Write> {
        let container = counters(load)?.0;
        Ok(Box::new(move |page| {
            *page = protobuf::render(&container.get_metrics(), take(page));
        }))
    };
    written(LIBRARY, "protobuf::render", Format::Messages, load, writer).role(Role::Another)
}

/// Returns the snapshot alone.
pub(crate) fn snapshot(load: &Load) -> Racer {
    let load = load.clone();
    let ready = move || {
        let container = counters(&load)?.0;
        Content::of_snapshot(&container.get_metrics(), COUNTERS)?.ensure(load.counted())?;
        let pass: Pass = Box::new(move || {
            black_box(container.get_metrics());
            Ok(())
        });
        Ok(pass)
    };
    Racer::new(LIBRARY, "get_metrics", ready).role(Role::Ours)
}

/// Writes the text of counters.
pub(crate) fn text_writer(load: &Load) -> Result<Write> {
    let container = counters(load)?.0;
    Ok(Box::new(move |page| {
        *page = text::render(&container.get_metrics(), take(page));
    }))
}

/// Writes the text of histograms.
pub(crate) fn histogram_writer(load: &Load) -> Result<Write> {
    let container = container();
    let family = container.histogram("latency_seconds").help(HELP);
    let family = family.buckets(&ELEVEN).vec(&LABELS);
    let series: Vec<Histogram> = load.each(|key| family.with_label_values(key).keep());
    load.observe(move |index, latency| series[index].observe(latency))?;
    Ok(Box::new(move |page| {
        *page = text::render(&container.get_metrics(), take(page));
    }))
}

/// Writes `OpenMetrics` of counters.
pub(crate) fn openmetrics_writer(load: &Load) -> Result<Write> {
    let container = counters(load)?.0;
    Ok(Box::new(move |page| {
        let snapshot = container.get_metrics();
        *page = openmetrics::render(&snapshot, Created::LeftOut, take(page));
    }))
}

/// Writes protobuf of counters.
pub(crate) fn protobuf_writer(load: &Load) -> Result<Write> {
    let container = counters(load)?.0;
    let mut encoder = protobuf::Encoder::default();
    Ok(Box::new(move |page| {
        *page = encoder.render(&container.get_metrics(), take(page));
    }))
}

/// Returns a container that holds the load, and its series.
///
/// # Errors
///
/// See [`Load::count`].
pub(crate) fn counters(load: &Load) -> Result<(PrometheusContainer, Vec<Counter>)> {
    let container = container();
    let family = container.counter("requests_total").help(HELP).vec(&LABELS);
    let series: Vec<Counter> = load.each(|key| family.with_label_values(key).keep());
    let counted = series.clone();
    load.count(move |index, amount| counted[index].inc_by(amount))?;
    Ok((container, series))
}
