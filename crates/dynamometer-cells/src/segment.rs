//! What to sum: a stretch of cells, how to read it, and where the sums go.

use crate::layout::CELL_BYTES;
use crate::sync::{AtomicU64, Ordering};

/// How the cells of a segment are read and added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum SegmentKind {
    /// Each cell is a `u64`; sums wrap.
    Unsigned = 0,
    /// Each cell holds the bits of an `f64`.
    Float = 1,
    /// One histogram: a `f64` sum, then `u64` buckets, which are read first.
    Histogram = 2,
    /// The increments of one up-down counter: the first of two cells.
    FirstOfPair = 3,
    /// The decrements of one up-down counter: the second of two cells.
    SecondOfPair = 4,
}

/// A stretch of cells to sum over all slabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Segment {
    /// Byte offset of the first cell.
    pub offset: u32,
    /// Number of cells, two for the pair kinds.
    pub cells: u32,
    /// How to read them.
    pub kind: SegmentKind,
    /// Index of the first sum in the output.
    pub out: u32,
}

impl Segment {
    #[cfg(not(loom))]
    pub(crate) fn end(&self) -> u32 {
        self.offset + self.cells * CELL_BYTES
    }

    /// How many of the cells lie below byte `end`.
    ///
    /// All or none, but for cells of several series that were joined: a series
    /// lies on one side of each stretch's end.
    pub(crate) fn cells_before(&self, end: u32) -> u32 {
        self.cells.min(end.saturating_sub(self.offset) / CELL_BYTES)
    }

    /// Adds `cells`, the first ones of this segment in one slab, to `out`.
    ///
    /// Every load is an acquire, free on x86-64: whoever sees a bucket or a
    /// decrement sees the sum or the increment that was written before it.
    #[inline]
    pub(crate) fn add_to(&self, out: &mut [u64], cells: &[AtomicU64]) {
        let out = &mut out[self.out as usize..][..cells.len()];
        match self.kind {
            SegmentKind::Unsigned => add_unsigned(out, cells),
            SegmentKind::Float => {
                for (sum, cell) in out.iter_mut().zip(cells) {
                    add_float(sum, cell);
                }
            }
            SegmentKind::Histogram => {
                add_unsigned(&mut out[1..], &cells[1..]);
                add_float(&mut out[0], &cells[0]);
            }
            SegmentKind::FirstOfPair => add_unsigned(&mut out[..1], &cells[..1]),
            SegmentKind::SecondOfPair => add_unsigned(&mut out[1..], &cells[1..]),
        }
    }
}

fn add_unsigned(out: &mut [u64], cells: &[AtomicU64]) {
    for (sum, cell) in out.iter_mut().zip(cells) {
        *sum = sum.wrapping_add(cell.load(Ordering::Acquire));
    }
}

fn add_float(sum: &mut u64, cell: &AtomicU64) {
    let bits = cell.load(Ordering::Acquire);
    // An untouched cell is skipped, so that a lone -0.0 keeps its sign.
    if bits != 0 {
        *sum = (f64::from_bits(*sum) + f64::from_bits(bits)).to_bits();
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    fn segment(kind: SegmentKind, offset: u32, cells: u32) -> Segment {
        Segment {
            offset,
            cells,
            kind,
            out: 1,
        }
    }

    fn sum(kind: SegmentKind, cells: [u64; 2]) -> [u64; 4] {
        let mut out = [0, 10, 20, 0];
        let cells = cells.map(AtomicU64::new);
        segment(kind, 128, 2).add_to(&mut out, &cells);
        out
    }

    #[test]
    fn cells_are_counted_up_to_the_end_of_a_stretch() {
        let at = |offset| segment(SegmentKind::Unsigned, offset, 3).cells_before(4096);
        assert_eq!(at(4096 - 24), 3);
        assert_eq!(at(4096 - 16), 2);
        assert_eq!(at(4096 - 8), 1);
        assert_eq!(at(4096), 0);
        assert_eq!(at(1 << 30), 0);
    }

    #[test]
    fn each_kind_adds_its_own_cells_at_its_place() {
        assert_eq!(sum(SegmentKind::Unsigned, [1, 2]), [0, 11, 22, 0]);
        assert_eq!(sum(SegmentKind::FirstOfPair, [1, 2]), [0, 11, 20, 0]);
        assert_eq!(sum(SegmentKind::SecondOfPair, [1, 2]), [0, 10, 22, 0]);
        assert_eq!(sum(SegmentKind::Unsigned, [u64::MAX, 2]), [0, 9, 22, 0]);
    }

    #[test]
    fn a_histogram_adds_a_float_sum_and_whole_buckets() {
        let mut out = [0, 0.5_f64.to_bits(), 7];
        let cells = [2.25_f64.to_bits(), 3].map(AtomicU64::new);
        segment(SegmentKind::Histogram, 128, 2).add_to(&mut out, &cells);
        assert_eq!(out, [0, 2.75_f64.to_bits(), 10]);
    }

    #[test]
    fn a_cell_nobody_touched_leaves_a_negative_zero_alone() {
        let minus = (-0.0_f64).to_bits();
        let mut out = [0, minus, minus];
        let cells = [0, 0].map(AtomicU64::new);
        segment(SegmentKind::Float, 128, 2).add_to(&mut out, &cells);
        assert_eq!(out, [0, minus, minus]);
    }
}
