//! Exemplars at the end of a line.

use crate::model::Exemplar;
use crate::page::Page;

/// The most characters of names and values in an exemplar's labels.
///
/// <https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md#exemplars>
const MOST_CHARACTERS: usize = 128;

/// Writes an exemplar behind a value; one with too long labels is left out.
pub(crate) fn write_exemplar(page: &mut Page<'_>, exemplar: &Exemplar) {
    let labels = exemplar.labels();
    let characters = |text: &str| text.chars().count();
    let used: usize = labels
        .iter()
        .map(|(name, value)| characters(name) + characters(&value))
        .sum();
    if used > MOST_CHARACTERS {
        return;
    }
    page.push([" # {", labels.view().pairs_text(), "} "]);
    page.number(exemplar.value());
    if let Some(timestamp) = exemplar.timestamp() {
        page.push([" "]);
        page.number(timestamp);
    }
}

/// Takes the exemplars up to and with `upper` and returns the latest of them.
///
/// They are sorted by value, and buckets asked for from the lowest up.
pub(crate) fn take_up_to<'a>(rest: &mut &'a [Exemplar], upper: f64) -> Option<&'a Exemplar> {
    let within = rest.partition_point(|exemplar| exemplar.value() <= upper);
    let (bucket, above) = rest.split_at(within);
    *rest = above;
    let latest = |a: &&Exemplar, b: &&Exemplar| {
        let time = |exemplar: &Exemplar| exemplar.timestamp().unwrap_or(f64::NEG_INFINITY);
        time(a).total_cmp(&time(b))
    };
    bucket.iter().max_by(latest)
}
