//! The writer: families to text.

use crate::lines::{Lines, Style, Suffixes, page_size, write_apart, write_header};
use crate::model::{Family, Kind, Snapshot};
use crate::openmetrics::shape::{Shape, shapes};
use crate::page::{Page, text_of};

/// The content type of this format.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Whether there are lines that say when each series began.
///
/// They are series of their own to most who read them: a page of counters with
/// them takes twice the room. Protobuf has a field for it, which costs nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Created {
    /// They are left out.
    #[default]
    LeftOut,
    /// `x_created` follows each series of a counter, histogram or summary `x`.
    Written,
}

/// Writes all families of `snapshot`, with when their series began.
pub fn to_string(snapshot: &Snapshot) -> String {
    text_of(render(snapshot, Created::Written, Vec::new()))
}

/// Writes all families of `snapshot` into `buffer`, over whatever it holds.
///
/// Families without a series are left out. Names are those of every other format:
/// a counter that does not end in `_total` is of unknown type, and so is what the
/// rules of this format forbid under its type, such as the sum of a histogram of
/// negative values. An exemplar with labels of more than 128 characters is left
/// out. Exponential buckets are put together to one per doubling.
///
/// # Cost
///
/// As [text](crate::text::render), and a microsecond a family.
pub fn render(snapshot: &Snapshot, created: Created, buffer: Vec<u8>) -> Vec<u8> {
    let mut page = Page::over(buffer, page_size(snapshot));
    write(&mut page, snapshot, created);
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
    created: Created,
    buffer: Vec<u8>,
    next: &mut dyn FnMut(Vec<u8>) -> Vec<u8>,
) {
    let mut page = Page::in_pieces(buffer, next);
    write(&mut page, snapshot, created);
    page.finish();
}

fn write(page: &mut Page<'_>, snapshot: &Snapshot, created: Created) {
    let style = Style {
        milliseconds: false,
        exemplars: true,
        created: created == Created::Written,
    };
    for (family, shape) in snapshot.families().iter().zip(shapes(snapshot)) {
        if !family.is_empty() {
            write_family(page, family, shape, style);
        }
    }
    page.push(["# EOF\n"]);
}

fn write_family(page: &mut Page<'_>, family: &Family, shape: Shape<'_>, style: Style) {
    let desc = family.desc();
    let suffixes = match desc.kind() {
        Kind::GaugeHistogram => Suffixes::GAUGE,
        _ => Suffixes::GROWING,
    };
    let (base, word, style) = match shape {
        Shape::As { base, word } => (base, word, of_kind(style, desc.kind())),
        Shape::Plain { word } => (desc.name(), word, of_kind(style, Kind::Unknown)),
        Shape::Apart => {
            let unknown = Kind::Unknown.as_str();
            return write_apart(page, family, unknown, &suffixes, style, true);
        }
    };
    write_header(page, base, word, desc.help_text(), true);
    // Of a counter without `_total` the whole name would have to end in it.
    if desc.is_named_for_unit() && base.ends_with(desc.unit_name()) {
        page.push(["# UNIT ", base, " ", desc.unit_name(), "\n"]);
    }
    Lines::new(page, family, style).write(base, &suffixes);
}

/// Of what a kind has no lines for, none are written.
fn of_kind(style: Style, kind: Kind) -> Style {
    let has_exemplars = matches!(kind, Kind::Counter | Kind::Histogram | Kind::GaugeHistogram);
    let has_created = matches!(kind, Kind::Counter | Kind::Histogram | Kind::Summary);
    Style {
        exemplars: style.exemplars && has_exemplars,
        created: style.created && has_created,
        ..style
    }
}
