//! The writer: families to JSON.

use std::fmt::Write as _;

use crate::lines::page_size;
use crate::model::{Exemplar, ExponentialCounts, Family, Sample, SeriesLabels, Snapshot, Value};
use crate::number::Number;
use crate::page::{Page, text_of};

/// The content type of this format.
pub const CONTENT_TYPE: &str = "application/json";

/// Writes all families of `snapshot`.
pub fn to_string(snapshot: &Snapshot) -> String {
    text_of(render(snapshot, Vec::new()))
}

/// Writes all families of `snapshot` into `buffer`, over whatever it holds.
///
/// Families without a series are left out, and so are fields without a value.
pub fn render(snapshot: &Snapshot, buffer: Vec<u8>) -> Vec<u8> {
    let mut page = Page::over(buffer, page_size(snapshot));
    write(&mut page, snapshot);
    page.finish()
}

/// Writes all families of `snapshot` as [`render`] does, in pieces.
///
/// Each piece of about 64 KiB is given to `next`, which returns a buffer for the
/// one after it, over whatever that holds; the first is `buffer`. A page that is
/// sent in pieces never leaves the cache, and takes no memory of its own.
///
/// # Cost
///
/// As [`render`].
pub fn render_in_pieces(
    snapshot: &Snapshot,
    buffer: Vec<u8>,
    next: &mut dyn FnMut(Vec<u8>) -> Vec<u8>,
) {
    let mut page = Page::in_pieces(buffer, next);
    write(&mut page, snapshot);
    page.finish();
}

fn write(page: &mut Page<'_>, snapshot: &Snapshot) {
    page.push(["{\"families\":"]);
    let families = snapshot.families().iter();
    let families = families.filter(|family| !family.is_empty());
    list(page, families, write_family);
    page.push(["}\n"]);
}

fn write_family(page: &mut Page<'_>, family: &Family) {
    let desc = family.desc();
    page.push(["{\"name\":"]);
    write_text(page, desc.name());
    page.push([",\"type\":\"", desc.kind().as_str(), "\""]);
    for (key, text) in [("help", desc.help_text()), ("unit", desc.unit_name())] {
        if !text.is_empty() {
            page.push([",\"", key, "\":"]);
            write_text(page, text);
        }
    }
    page.push([",\"series\":"]);
    list(page, family.samples(), write_series);
    page.push(["}"]);
}

fn write_series(page: &mut Page<'_>, sample: Sample<'_>) {
    page.push(["{\"labels\":"]);
    write_labels(page, sample.labels);
    write_value(page, sample.value);
    for (key, time) in [("created", sample.created), ("timestamp", sample.timestamp)] {
        if let Some(time) = time {
            field(page, key, time);
        }
    }
    if !sample.exemplars.is_empty() {
        page.push([",\"exemplars\":"]);
        list(page, sample.exemplars.iter(), write_exemplar);
    }
    page.push(["}"]);
}

fn write_value(page: &mut Page<'_>, value: Value<'_>) {
    match value {
        Value::Unsigned(value) => field(page, "value", value),
        Value::Signed(value) => field(page, "value", value),
        Value::Float(value) => field(page, "value", value),
        Value::Histogram(value) => {
            write_totals(page, value.count(), value.sum());
            page.push([",\"buckets\":"]);
            list(page, value.cumulative(), |page, (bound, count)| {
                page.push(["{\"le\":"]);
                write_number(page, bound);
                field(page, "count", count);
                page.push(["}"]);
            });
        }
        Value::Exponential(value) => {
            write_totals(page, value.count(), value.sum());
            field(page, "schema", i64::from(value.schema()));
            field(page, "zero_threshold", value.zero_threshold());
            field(page, "zero_count", value.zero_count());
            write_side(page, "negative", value.negative_counts());
            write_side(page, "positive", value.positive_counts());
        }
        Value::Summary(value) => {
            write_totals(page, value.count(), value.sum());
            page.push([",\"quantiles\":"]);
            list(page, value.quantiles().iter(), |page, &(rank, value)| {
                page.push(["{\"quantile\":"]);
                write_number(page, rank);
                field(page, "value", value);
                page.push(["}"]);
            });
        }
    }
}

fn write_totals(page: &mut Page<'_>, count: u64, sum: f64) {
    field(page, "count", count);
    field(page, "sum", sum);
}

fn write_side(page: &mut Page<'_>, key: &str, side: &ExponentialCounts) {
    page.push([",\"", key, "\":{\"first\":"]);
    page.number(i64::from(side.first()));
    page.push([",\"counts\":"]);
    list(page, side.counts().iter(), |page, count| {
        page.number(*count);
    });
    page.push(["}"]);
}

fn write_exemplar(page: &mut Page<'_>, exemplar: &Exemplar) {
    page.push(["{\"labels\":"]);
    write_labels(page, exemplar.labels().view());
    field(page, "value", exemplar.value());
    if let Some(timestamp) = exemplar.timestamp() {
        field(page, "timestamp", timestamp);
    }
    page.push(["}"]);
}

fn write_labels(page: &mut Page<'_>, labels: SeriesLabels<'_>) {
    page.push(["{"]);
    for (at, (name, value)) in labels.iter().enumerate() {
        page.push([if at > 0 { "," } else { "" }]);
        write_text(page, name);
        page.push([":"]);
        write_text(page, &value);
    }
    page.push(["}"]);
}

/// Writes a list of whatever `write` writes.
fn list<T>(page: &mut Page<'_>, items: impl Iterator<Item = T>, write: impl Fn(&mut Page<'_>, T)) {
    page.push(["["]);
    for (at, item) in items.enumerate() {
        page.push([if at > 0 { "," } else { "" }]);
        write(page, item);
    }
    page.push(["]"]);
}

/// Writes a number as a field that is not the first of its object.
fn field(page: &mut Page<'_>, key: &str, number: impl Number + Into<JsonNumber>) {
    page.push([",\"", key, "\":"]);
    write_number(page, number);
}

fn write_number(page: &mut Page<'_>, number: impl Number + Into<JsonNumber>) {
    let quote = if number.into().0 { "" } else { "\"" };
    page.push([quote]);
    page.number(number);
    page.push([quote]);
}

/// Whether JSON has a number.
struct JsonNumber(bool);

impl From<f64> for JsonNumber {
    fn from(number: f64) -> Self {
        Self(number.is_finite())
    }
}

impl From<u64> for JsonNumber {
    fn from(_: u64) -> Self {
        Self(true)
    }
}

impl From<i64> for JsonNumber {
    fn from(_: i64) -> Self {
        Self(true)
    }
}

/// Writes a text in quotes.
fn write_text(page: &mut Page<'_>, text: &str) {
    page.push(["\""]);
    let mut rest = text;
    while let Some(at) = rest.find(|char: char| matches!(char, '"' | '\\') || char < ' ') {
        let (plain, escaped) = rest.split_at(at);
        let mut escape = String::with_capacity(6);
        match escaped.as_bytes()[0] {
            b'\n' => escape.push_str("\\n"),
            byte @ (b'"' | b'\\') => escape.extend(['\\', byte as char]),
            byte => {
                let _ = write!(escape, "\\u{byte:04x}");
            }
        }
        page.push([plain, &escape]);
        rest = &escaped[1..];
    }
    page.push([rest, "\""]);
}
