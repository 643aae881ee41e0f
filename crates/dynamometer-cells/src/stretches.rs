//! The cells of many series, joined where they lie side by side.

use crate::layout::CELL_BYTES;
use crate::segment::{Segment, SegmentKind};
use crate::series::Series;

/// Where the cells of a list of counters lie.
///
/// Kept beside a list of series that is read again and again: a read of neighbours
/// then touches their cells alone, not each series. It says nothing of who keeps
/// the series alive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretches {
    /// Byte offsets and numbers of cells.
    joined: Vec<(u32, u32)>,
    cells: u32,
    /// Where in the stretches each series of the list is; empty where they are in
    /// the same order.
    places: Vec<u32>,
}

impl Stretches {
    /// Adds a series of one cell to the end of the list.
    pub fn push(&mut self, series: &Series) {
        if !self.places.is_empty() {
            self.places.push(self.cells);
        }
        self.join(series.offset());
    }

    fn join(&mut self, offset: u32) {
        match self.joined.last_mut() {
            Some((first, cells)) if *first + *cells * CELL_BYTES == offset => *cells += 1,
            _ => self.joined.push((offset, 1)),
        }
        self.cells += 1;
    }

    /// The number of series.
    pub fn len(&self) -> usize {
        self.cells as usize
    }

    /// True where the list is empty.
    pub fn is_empty(&self) -> bool {
        self.cells == 0
    }

    /// What was summed, in the order of the list.
    pub(crate) fn in_order(&self, sums: &[u64]) -> Vec<u64> {
        if self.places.is_empty() {
            return sums.to_vec();
        }
        let places = self.places.iter();
        places.map(|place| sums[*place as usize]).collect()
    }

    /// What to sum, with the sums from `out` on.
    pub(crate) fn segments(
        &self,
        kind: SegmentKind,
        mut out: u32,
    ) -> impl Iterator<Item = Segment> {
        self.joined.iter().map(move |&(offset, cells)| {
            let segment = Segment {
                offset,
                cells,
                kind,
                out,
            };
            out += cells;
            segment
        })
    }
}

impl<'a> FromIterator<&'a Series> for Stretches {
    /// Finds neighbours whatever the order: cells that are used again, after series
    /// were removed, come in any.
    fn from_iter<I: IntoIterator<Item = &'a Series>>(all: I) -> Self {
        let offsets: Vec<u32> = all.into_iter().map(Series::offset).collect();
        let mut stretches = Self::default();
        if offsets.is_sorted() {
            for offset in offsets {
                stretches.join(offset);
            }
            return stretches;
        }
        let mut order: Vec<u32> = (0..offsets.len() as u32).collect();
        order.sort_unstable_by_key(|at| offsets[*at as usize]);
        stretches.places = vec![0; offsets.len()];
        for (place, at) in order.into_iter().enumerate() {
            stretches.places[at as usize] = place as u32;
            stretches.join(offsets[at as usize]);
        }
        stretches
    }
}
