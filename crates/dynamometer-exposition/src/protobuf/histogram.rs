//! Histograms: classic buckets, and exponential ones as spans and deltas.

use crate::lines::take_up_to;
use crate::model::{Exemplar, ExponentialCounts, ExponentialValue, HistogramValue};
use crate::protobuf::series::write_exemplar;
use crate::protobuf::time::write_time;
use crate::protobuf::wire::Wire;

/// Empty buckets that a span goes on over: each costs a byte, a new span four.
const MOST_EMPTY: usize = 2;

/// Writes a `Histogram` with classic buckets.
pub(super) fn write_classic(
    wire: &mut Wire<'_>,
    value: &HistogramValue,
    exemplars: &[Exemplar],
    created: Option<f64>,
) {
    wire.whole(1, value.count());
    wire.double(2, value.sum());
    write_buckets(wire, value.cumulative(), exemplars);
    write_created(wire, created);
}

/// Writes a `Histogram` with exponential buckets, and with one classic bucket per
/// doubling for readers that know no others.
pub(super) fn write_exponential(
    wire: &mut Wire<'_>,
    value: &ExponentialValue,
    exemplars: &[Exemplar],
    created: Option<f64>,
) {
    wire.whole(1, value.count());
    wire.double(2, value.sum());
    write_buckets(wire, value.cumulative(), exemplars);
    wire.signed(5, value.schema().into());
    wire.double(6, value.zero_threshold());
    wire.whole(7, value.zero_count());
    write_side(wire, 9, value.negative_counts());
    write_side(wire, 12, value.positive_counts());
    if value.negative_counts().is_empty() && value.positive_counts().is_empty() {
        // A span of nothing says that the histogram is exponential.
        wire.message(12, |span| {
            span.signed(1, 0);
            span.whole(2, 0);
        });
    }
    write_created(wire, created);
    for exemplar in exemplars {
        wire.message(16, |wire| write_exemplar(wire, exemplar));
    }
}

fn write_buckets(
    wire: &mut Wire<'_>,
    cumulative: impl Iterator<Item = (f64, u64)>,
    mut exemplars: &[Exemplar],
) {
    for (bound, count) in cumulative {
        let exemplar = take_up_to(&mut exemplars, bound);
        wire.message(3, |bucket| {
            bucket.whole(1, count);
            bucket.double(2, bound);
            if let Some(exemplar) = exemplar {
                bucket.message(3, |wire| write_exemplar(wire, exemplar));
            }
        });
    }
}

fn write_created(wire: &mut Wire<'_>, created: Option<f64>) {
    if let Some(created) = created {
        write_time(wire, 15, created);
    }
}

/// Writes the spans of one sign as `field`, and the deltas as the one after it.
fn write_side(wire: &mut Wire<'_>, field: u32, side: &ExponentialCounts) {
    let counts = side.counts();
    let spans = spans(counts);
    let mut end = 0;
    for (at, &(first, length)) in spans.iter().enumerate() {
        let gap = (first - end) as i64;
        // The first offset is an index, all others count from the span before.
        let offset = if at == 0 {
            i64::from(side.first())
        } else {
            gap
        };
        wire.message(field, |span| {
            span.signed(1, offset);
            span.whole(2, length as u64);
        });
        end = first + length;
    }
    if !spans.is_empty() {
        let counts = spans.iter().flat_map(|&(at, len)| &counts[at..at + len]);
        let mut before = 0;
        let deltas = counts.map(|count| {
            let delta = count.wrapping_sub(before).cast_signed();
            before = *count;
            delta
        });
        wire.packed(field + 1, deltas);
    }
}

/// The stretches of buckets that are written: where each begins, and its length.
fn spans(counts: &[u64]) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let filled = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    for (at, _) in filled {
        match spans.last_mut() {
            Some((first, len)) if at - (*first + *len) <= MOST_EMPTY => *len = at + 1 - *first,
            _ => spans.push((at, 1)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_goes_on_over_a_few_empty_buckets() {
        assert_eq!(spans(&[]), []);
        assert_eq!(spans(&[1, 0, 0, 2]), [(0, 4)]);
        assert_eq!(spans(&[1, 0, 0, 0, 2, 3]), [(0, 1), (4, 2)]);
    }
}
