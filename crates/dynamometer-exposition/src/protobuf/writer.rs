//! The writer: families to messages.

use crate::lines::page_size;
use crate::model::{Family, Snapshot};
use crate::page::Page;
use crate::protobuf::series::write_series;
use crate::protobuf::shape::Shape;
use crate::protobuf::wire::Wire;

/// The content type of this format.
pub const CONTENT_TYPE: &str = "application/vnd.google.protobuf; \
    proto=io.prometheus.client.MetricFamily; encoding=delimited";

/// Writes all families of `snapshot` into `buffer`, over whatever it holds.
///
/// Families without a series are left out. Names are those of every other format;
/// infos and state sets are gauges. Numbers are floats: whole ones beyond 2⁵³ are
/// rounded. An exponential histogram has its own buckets, and classic ones for who
/// knows no others. Exemplars, and when series began, cost a few bytes each.
///
/// Whoever writes one page after the other uses an [`Encoder`](super::Encoder).
pub fn render(snapshot: &Snapshot, buffer: Vec<u8>) -> Vec<u8> {
    let mut page = Page::over(buffer, page_size(snapshot));
    for family in snapshot.families() {
        write_family(&mut page, family, |wire, shape| {
            for sample in family.samples() {
                write_series(wire, shape, sample);
            }
        });
    }
    page.finish()
}

/// Writes a family whose series `write` writes; nothing where it has none.
pub(super) fn write_family(
    page: &mut Page<'static>,
    family: &Family,
    write: impl FnOnce(&mut Wire<'_>, Shape),
) {
    if family.is_empty() {
        return;
    }
    let desc = family.desc();
    let shape = Shape::of(family);
    Wire::new(page).delimited(size_of_family(family), |wire| {
        wire.text(1, desc.name());
        if !desc.help_text().is_empty() {
            wire.text(2, desc.help_text());
        }
        wire.whole(3, shape.kind);
        write(wire, shape);
        // Readers refuse a unit that the name does not end in.
        if desc.is_named_for_unit() {
            wire.text(5, desc.unit_name());
        }
    });
}

/// About how many bytes a family takes: it decides of the room for its length.
fn size_of_family(family: &Family) -> usize {
    let labels = family.samples().next();
    let labels = labels.map_or(0, |sample| sample.labels.text().len());
    family.len() * (labels + 24)
}
