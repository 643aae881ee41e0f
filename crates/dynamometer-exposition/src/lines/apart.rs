//! A distribution as several families of plain numbers.

use crate::lines::family::{Lines, Style, Suffixes};
use crate::lines::header::write_header;
use crate::model::{Family, Value, Values};
use crate::page::Page;

/// Writes buckets, sums and counts as families of their own, of type `word`.
///
/// For what a format has no type for, or forbids under it: each line keeps its
/// name, labels and value, whatever the format.
pub(crate) fn write_apart(
    page: &mut Page<'_>,
    family: &Family,
    word: &str,
    suffixes: &Suffixes,
    style: Style,
    quotes: bool,
) {
    let style = Style {
        exemplars: false,
        created: false,
        ..style
    };
    let desc = family.desc();
    let name = desc.name();
    let bounded = match &family.values {
        Values::Summary(_) => name.to_owned(),
        _ => format!("{name}_bucket"),
    };
    let sum = format!("{name}{}", suffixes.sum);
    let count = format!("{name}{}", suffixes.count);
    let header = |page: &mut Page<'_>, name: &str| {
        write_header(page, name, word, desc.help_text(), quotes);
    };
    if has_bounds(family) {
        header(page, &bounded);
        Lines::new(page, family, style).write_buckets();
    }
    header(page, &sum);
    Lines::new(page, family, style).write_sums(&sum);
    header(page, &count);
    Lines::new(page, family, style).write_counts(&count);
}

/// False where no summary has a quantile: a header without lines would follow.
fn has_bounds(family: &Family) -> bool {
    family.samples().any(|sample| match sample.value {
        Value::Summary(value) => !value.quantiles().is_empty(),
        _ => true,
    })
}
