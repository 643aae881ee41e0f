//! A snapshot as a table.

use std::time::Duration;

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Table};
use dynamometer::{Kind, Sample, Snapshot, Value};

/// When a snapshot was taken, and the snapshot.
pub(crate) type Taken = (Duration, Snapshot);

/// Renders one row per series, with rates since the snapshot before.
pub(crate) fn render(now: &Taken, before: Option<&Taken>) -> String {
    let mut table = Table::new();
    table
        .load_style(UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic);
    let heads = ["metric", "labels", "kind", "value", "per second"];
    table.set_header(heads.map(|head| Cell::new(head).add_attribute(Attribute::Bold)));
    for family in now.1.families() {
        let (name, kind) = (family.desc().name(), family.desc().kind());
        for sample in family.samples() {
            let rate = before.and_then(|before| rate(name, kind, sample, now, before));
            table.add_row([
                Cell::new(name).fg(color(kind)),
                Cell::new(sample.labels),
                Cell::new(kind),
                Cell::new(value(sample.value)).set_alignment(CellAlignment::Right),
                Cell::new(rate.unwrap_or_default()).set_alignment(CellAlignment::Right),
            ]);
        }
    }
    table.to_string()
}

fn color(kind: Kind) -> Color {
    match kind {
        Kind::Counter => Color::Green,
        Kind::Gauge => Color::Yellow,
        _ => Color::Cyan,
    }
}

fn value(value: Value<'_>) -> String {
    match value {
        Value::Unsigned(value) => value.to_string(),
        Value::Signed(value) => value.to_string(),
        Value::Histogram(value) => match value.mean() {
            Some(mean) => format!("n={} mean={mean:.4}", value.count()),
            None => "n=0".to_owned(),
        },
        Value::Exponential(value) => match value.mean() {
            Some(mean) => format!("n={} mean={mean:.4}", value.count()),
            None => "n=0".to_owned(),
        },
        other if other.as_f64().fract() == 0.0 => format!("{:.0}", other.as_f64()),
        other => format!("{:.3}", other.as_f64()),
    }
}

/// How much a counter, or a histogram's count, grows per second.
fn rate(name: &str, kind: Kind, sample: Sample<'_>, now: &Taken, before: &Taken) -> Option<String> {
    let count = |value: Value<'_>| match value {
        Value::Histogram(value) => value.count() as f64,
        Value::Exponential(value) => value.count() as f64,
        other => other.as_f64(),
    };
    let seconds = now.0.saturating_sub(before.0).as_secs_f64();
    if kind == Kind::Gauge || seconds <= 0.0 {
        return None;
    }
    let old = before
        .1
        .family(name)?
        .samples()
        .find(|old| old.labels == sample.labels)?;
    Some(format!(
        "{:.1}",
        (count(sample.value) - count(old.value)) / seconds
    ))
}
