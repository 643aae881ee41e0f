//! Which lines a family has besides those of its own name.

use crate::model::desc::{Desc, Kind};

/// All suffixes of lines.
const SUFFIXES: [&str; 5] = ["_bucket", "_sum", "_count", "_gsum", "_gcount"];

/// The suffixes of the lines of a family of this kind.
///
/// <https://prometheus.io/docs/instrumenting/exposition_formats/#histograms-and-summaries>
fn suffixes(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Histogram => &SUFFIXES[..3],
        Kind::Summary => &SUFFIXES[1..3],
        // Its sum and count are called otherwise in `OpenMetrics`.
        Kind::GaugeHistogram => &SUFFIXES,
        _ => &[],
    }
}

/// The family that would share lines with `desc`, among those that `find` knows.
pub(crate) fn shared_with<'a>(
    desc: &Desc,
    find: impl Fn(&str) -> Option<&'a Desc>,
) -> Option<&'a Desc> {
    let name = desc.name();
    let stems = SUFFIXES.iter().filter_map(|suffix| {
        let stem = find(name.strip_suffix(suffix)?)?;
        suffixes(stem.kind()).contains(suffix).then_some(stem)
    });
    let own = suffixes(desc.kind()).iter();
    let own = own.filter_map(|suffix| find(&format!("{name}{suffix}")));
    stems.chain(own).next()
}
