//! The writer: families to text.

use crate::model::{Desc, Family, Kind, SeriesLabels, Snapshot, Values};
use crate::text::number::{write_float, write_int};

/// The content type of this format.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Writes all families of `snapshot`, each with its `HELP` and `TYPE`.
pub fn to_string(snapshot: &Snapshot) -> String {
    let mut out = String::new();
    write(&mut out, snapshot);
    out
}

/// Appends all families of `snapshot` to `out`.
///
/// Families without a series are left out. Values are written without
/// timestamps: the scraper knows when it read them. Exponential buckets, which
/// this format does not have, are put together to one per doubling.
pub fn write(out: &mut String, snapshot: &Snapshot) {
    out.reserve(snapshot.families().iter().map(size_of_text).sum());
    for family in snapshot
        .families()
        .iter()
        .filter(|family| !family.is_empty())
    {
        write_header(out, family.desc());
        write_series(out, family);
    }
}

/// About how many bytes a family takes.
fn size_of_text(family: &Family) -> usize {
    let name = family.desc().name().len();
    let lines = match &family.values {
        Values::Histogram(values) => values.first().map_or(0, |v| v.counts().len() + 2),
        Values::Exponential(values) => values.first().map_or(0, |v| v.cumulative().count() + 2),
        Values::Summary(values) => values.first().map_or(0, |v| v.quantiles().len() + 2),
        _ => 1,
    };
    let labels = family.samples().next();
    let labels = labels.map_or(0, |sample| sample.labels.text().len());
    2 * (name + 16) + family.desc().help_text().len() + family.len() * lines * (name + labels + 12)
}

fn write_header(out: &mut String, desc: &Desc) {
    let name = desc.name();
    if !desc.help_text().is_empty() {
        out.extend(["# HELP ", name, " "]);
        write_help(out, desc.help_text());
        out.push('\n');
    }
    out.extend(["# TYPE ", name, " ", type_of(desc.kind()), "\n"]);
}

/// The type in this format, which knows nothing of the newer kinds.
fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Info | Kind::StateSet => Kind::Gauge.as_str(),
        Kind::Unknown => "untyped",
        kind => kind.as_str(),
    }
}

/// Writes help text with `\` and line feeds escaped; quotes stay.
fn write_help(out: &mut String, help: &str) {
    for (index, line) in help.split('\n').enumerate() {
        if index > 0 {
            out.push_str("\\n");
        }
        for (index, part) in line.split('\\').enumerate() {
            if index > 0 {
                out.push_str("\\\\");
            }
            out.push_str(part);
        }
    }
}

fn write_series(out: &mut String, family: &Family) {
    let name = family.desc().name();
    match &family.values {
        Values::Unsigned(values) => lines(out, family, values, |out, value| write_int(out, *value)),
        Values::Signed(values) => lines(out, family, values, |out, value| write_int(out, *value)),
        Values::Float(values) => lines(out, family, values, |out, value| write_float(out, *value)),
        Values::Histogram(values) => {
            for (index, value) in values.iter().take(family.len()).enumerate() {
                let labels = family.labels.labels(index);
                write_buckets(out, name, labels, value.cumulative());
                write_sum(out, name, labels, value.sum(), value.count());
            }
        }
        Values::Exponential(values) => {
            for (index, value) in values.iter().take(family.len()).enumerate() {
                let labels = family.labels.labels(index);
                write_buckets(out, name, labels, value.cumulative());
                write_sum(out, name, labels, value.sum(), value.count());
            }
        }
        Values::Summary(values) => {
            for (index, value) in values.iter().take(family.len()).enumerate() {
                let labels = family.labels.labels(index);
                write_quantiles(out, name, labels, value.quantiles());
                write_sum(out, name, labels, value.sum(), value.count());
            }
        }
    }
}

fn lines<T>(out: &mut String, family: &Family, values: &[T], number: impl Fn(&mut String, &T)) {
    let name = family.desc().name();
    for (index, value) in values.iter().take(family.len()).enumerate() {
        out.push_str(name);
        out.push_str(family.labels.labels(index).text());
        number(out, value);
        out.push('\n');
    }
}

fn write_buckets(
    out: &mut String,
    name: &str,
    labels: SeriesLabels<'_>,
    cumulative: impl Iterator<Item = (f64, u64)>,
) {
    let pairs = labels.pairs_text();
    let comma = if pairs.is_empty() { "" } else { "," };
    for (bound, count) in cumulative {
        out.extend([name, "_bucket{", pairs, comma, "le=\""]);
        write_float(out, bound);
        out.push_str("\"} ");
        write_int(out, count);
        out.push('\n');
    }
}

fn write_quantiles(
    out: &mut String,
    name: &str,
    labels: SeriesLabels<'_>,
    quantiles: &[(f64, f64)],
) {
    let pairs = labels.pairs_text();
    let comma = if pairs.is_empty() { "" } else { "," };
    for &(rank, value) in quantiles {
        out.extend([name, "{", pairs, comma, "quantile=\""]);
        write_float(out, rank);
        out.push_str("\"} ");
        write_float(out, value);
        out.push('\n');
    }
}

fn write_sum(out: &mut String, name: &str, labels: SeriesLabels<'_>, sum: f64, count: u64) {
    out.extend([name, "_sum", labels.text()]);
    write_float(out, sum);
    out.extend(["\n", name, "_count", labels.text()]);
    write_int(out, count);
    out.push('\n');
}
