//! How large a page will be, so that its buffer is allocated once.

use crate::model::{Family, Snapshot, Values};

/// About how many bytes a page takes, without created times and exemplars.
pub(crate) fn page_size(snapshot: &Snapshot) -> usize {
    snapshot.families().iter().map(size_of_family).sum()
}

fn size_of_family(family: &Family) -> usize {
    let name = family.desc().name().len();
    let lines = match &family.values {
        Values::Histogram(values) => values.first().map_or(0, |v| v.counts().len() + 2),
        Values::Exponential(values) => values.first().map_or(0, |v| v.cumulative().count() + 2),
        Values::Summary(values) => values.first().map_or(0, |v| v.quantiles().len() + 2),
        _ => 1,
    };
    let labels = family.samples().next();
    let labels = labels.map_or(0, |sample| sample.labels.text().len());
    2 * (name + 16) + family.desc().help_text().len() + family.len() * lines * (name + labels + 16)
}
