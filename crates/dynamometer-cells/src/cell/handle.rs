//! What every handle is made of: an offset, and what keeps the series' cells.

use std::ptr;

use crate::keep::{Keep, Kept};
use crate::offset::Offset;
use crate::segment::SegmentKind;
use crate::series::{Full, Options, Series};

/// An offset to record at and what keeps its series; none for a no-op.
#[derive(Clone, Debug)]
pub(crate) struct Handle<K: Keep = Kept> {
    pub(crate) offset: Offset,
    pub(crate) keep: K,
}

impl Handle {
    /// A handle whose records go to scratch cells and are never read.
    pub(crate) const NOOP: Self = Self {
        offset: Offset::SCRATCH,
        keep: Kept(None),
    };

    /// Takes cells to add to for a new series.
    pub(crate) fn new(cells: usize, options: Options) -> Result<Self, Full> {
        Ok(Self::on(Kept::new(Series::new(cells, options)?), 1))
    }
}

impl<K: Keep> Handle<K> {
    /// A handle on the series that `keep` keeps, if it has that many cells.
    #[inline]
    pub(crate) fn on(keep: K, cells: u32) -> Self {
        // Every series has one cell at least.
        let series = keep
            .series()
            .filter(|series| cells <= 1 || series.cells() >= cells);
        Self {
            offset: series.map_or(Offset::NOWHERE, Series::recorded_at),
            keep,
        }
    }

    /// The same cells, for as long as one likes.
    pub(crate) fn keep(&self) -> Handle {
        Handle {
            offset: self.offset,
            keep: Kept(self.keep.share()),
        }
    }

    /// The same cells, recorded by atomic adds.
    pub(crate) fn shared(&self) -> Handle {
        Handle {
            offset: self.offset.shared(),
            keep: Kept(self.keep.share()),
        }
    }

    /// Tells the watcher, after a record off the plain path.
    #[inline]
    pub(crate) fn notify(&self) {
        if self.offset.is_watched()
            && let Some(series) = self.keep.series()
        {
            series.notify();
        }
    }

    pub(crate) fn is_same<L: Keep>(&self, other: &Handle<L>) -> bool {
        match (self.keep.series(), other.keep.series()) {
            (Some(mine), Some(other)) => ptr::eq(mine, other),
            _ => false,
        }
    }

    /// Sums this handle's one cell; zero for a no-op.
    pub(crate) fn sum(&self, kind: SegmentKind) -> u64 {
        let mut out = [0];
        if let Some(series) = self.keep.series() {
            series.sum(kind, &mut out);
        }
        out[0]
    }

    pub(crate) fn adjustment(&self) -> u64 {
        self.keep.series().map_or(0, Series::adjustment)
    }

    /// The offset to write at under a lock, or `None` for a flagged handle.
    pub(crate) fn plain_offset(&self) -> Option<u32> {
        let bytes = self.offset.bytes();
        (self.offset == Offset::plain(bytes)).then_some(bytes)
    }
}
