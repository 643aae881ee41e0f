//! A region of loom's atomics, for the model checker.

use crate::layout::CELL_BYTES;
use crate::sync::AtomicU64;

/// Zeroed cells that loom follows; only offsets from `FIRST` are backed.
#[derive(Debug)]
pub(crate) struct Region {
    cells: &'static [AtomicU64],
}

impl Region {
    pub(crate) fn reserve(bytes: u32) -> Option<Self> {
        let count = (bytes - crate::layout::FIRST) / CELL_BYTES;
        let cells: Vec<AtomicU64> = (0..count).map(|_| AtomicU64::new(0)).collect();
        Some(Self {
            cells: cells.leak(),
        })
    }

    pub(crate) fn cells(&self, offset: u32, count: u32) -> &'static [AtomicU64] {
        let first = ((offset - crate::layout::FIRST) / CELL_BYTES) as usize;
        &self.cells[first..][..count as usize]
    }
}
