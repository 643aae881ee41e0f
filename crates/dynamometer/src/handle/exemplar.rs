//! Exemplars: examples of what was recorded, beside the cells.

use dynamometer_cells::{ExemplarRefused, Series};

use crate::clock::Clock;
use crate::self_metrics::{Dropped, count_dropped};

/// Puts an exemplar into the slot of a bucket; a counter has one bucket.
///
/// Where there are fewer slots than buckets, neighbours share the rest.
pub(crate) fn put(
    series: &Series,
    bucket: usize,
    labels: &[(&str, &str)],
    value: f64,
    clock: &Clock,
) {
    let slots = series.exemplars();
    if slots.is_empty() {
        return count_dropped(Dropped::ExemplarUnwanted);
    }
    let now = u64::try_from(clock.unix_time().as_nanos()).unwrap_or(u64::MAX);
    match slots[bucket % slots.len()].try_put(labels, value, now) {
        Ok(()) => {}
        Err(ExemplarRefused::Contended) => count_dropped(Dropped::ExemplarContended),
        Err(_) => count_dropped(Dropped::ExemplarTooLong),
    }
}
