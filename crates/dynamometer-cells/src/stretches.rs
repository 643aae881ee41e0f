//! The cells of many series, joined where they lie side by side.

use crate::layout::CELL_BYTES;
use crate::segment::{Segment, SegmentKind};
use crate::series::Series;

/// Where the cells of a list of counters lie, in the order of the list.
///
/// Kept beside a list of series that is read again and again: a read of neighbours
/// then touches their cells alone, not each series. It says nothing of who keeps
/// the series alive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretches {
    /// Byte offsets and numbers of cells.
    joined: Vec<(u32, u32)>,
    cells: u32,
}

impl Stretches {
    /// Adds a series of one cell to the end of the list.
    pub fn push(&mut self, series: &Series) {
        let offset = series.offset();
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
    fn from_iter<I: IntoIterator<Item = &'a Series>>(all: I) -> Self {
        let mut stretches = Self::default();
        all.into_iter().for_each(|series| stretches.push(series));
        stretches
    }
}
