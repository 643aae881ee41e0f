//! Whether a page may be compressed.

use crate::negotiation::element::{Quality, elements};

/// True where the values of `Accept-Encoding` want gzip at least as much as no
/// compression.
///
/// No header, and one that names neither gzip nor `*`, is a no.
pub(crate) fn accepts_gzip<'a>(values: impl IntoIterator<Item = &'a str>) -> bool {
    let codings: Vec<_> = values.into_iter().flat_map(elements).collect();
    let weight = |names: &[&str]| {
        let is_named = |name: &str| names.iter().any(|known| name.eq_ignore_ascii_case(known));
        let coding = codings.iter().find(|coding| is_named(coding.name));
        coding.map(|coding| coding.quality)
    };
    let gzip = weight(&["gzip", "x-gzip"]).or_else(|| weight(&["*"]));
    let identity = weight(&["identity"]).unwrap_or(Quality::NONE);
    gzip.is_some_and(|gzip| gzip > Quality::NONE && gzip >= identity)
}
