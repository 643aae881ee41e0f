//! The order of a read that keeps counts inside each other.

use crate::segment::{Segment, SegmentKind};

/// Sums up-down counters, outer ones first, and then anything else.
///
/// All decrements are taken in the order given, then all increments in reverse.
/// Each add is a release store and each load an acquire, so a decrement that was
/// seen brings its increment along, and an increment of an inner count brings
/// the outer one's: `0 <= inner <= outer` in every read.
pub fn sum_nested(
    pairs: &mut [Segment],
    others: &[Segment],
    out: &mut [u64],
    sum: impl Fn(&[Segment], &mut [u64]),
) {
    for pair in &mut *pairs {
        pair.kind = SegmentKind::SecondOfPair;
    }
    sum(pairs, out);
    pairs.reverse();
    for pair in &mut *pairs {
        pair.kind = SegmentKind::FirstOfPair;
    }
    sum(pairs, out);
    if !others.is_empty() {
        sum(others, out);
    }
}
