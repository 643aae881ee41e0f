//! The writer: families to text.

use crate::lines::{Lines, Style, Suffixes, page_size, write_apart, write_header};
use crate::model::{Family, Kind, Snapshot, Values};
use crate::page::{Page, text_of};

/// The content type of this format.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

const STYLE: Style = Style {
    milliseconds: true,
    exemplars: false,
    created: false,
};

/// Writes all families of `snapshot`, each with its `HELP` and `TYPE`.
pub fn to_string(snapshot: &Snapshot) -> String {
    text_of(render(snapshot, Vec::new()))
}

/// Writes all families of `snapshot` into `buffer`, over whatever it holds.
///
/// Families without a series are left out, and so is what this format has not:
/// units, exemplars, and when series began. Infos and state sets are gauges in it.
/// Exponential buckets are put together to one per doubling; of a gauge histogram,
/// each of buckets, sums and counts is a family of gauges.
///
/// # Cost
///
/// 15 to 40 ns a line of 100 to 140 bytes, by where the labels lie in memory. A
/// buffer that held a page as large is not allocated anew: give it back as it was
/// returned.
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
/// As [`render`], less 5 to 7 ns a line where a page is larger than the cache.
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
    for family in snapshot.families() {
        if !family.is_empty() {
            write_family(page, family);
        }
    }
}

fn write_family(page: &mut Page<'_>, family: &Family) {
    let desc = family.desc();
    if desc.kind() == Kind::GaugeHistogram && !family.values.are_numbers() {
        let gauge = Kind::Gauge.as_str();
        return write_apart(page, family, gauge, &Suffixes::GAUGE, STYLE, false);
    }
    write_header(page, desc.name(), type_of(family), desc.help_text(), false);
    Lines::new(page, family, STYLE).write(desc.name(), &Suffixes::GROWING);
}

/// The type in this format, which knows nothing of the newer kinds.
fn type_of(family: &Family) -> &'static str {
    match (family.desc().kind(), &family.values) {
        (_, Values::Histogram(_) | Values::Exponential(_)) => "histogram",
        (_, Values::Summary(_)) => "summary",
        (Kind::Counter, _) => "counter",
        (Kind::Gauge | Kind::Info | Kind::StateSet, _) => "gauge",
        _ => "untyped",
    }
}
