//! What every handle is made of: an offset, and a share in the series' cells.

use std::sync::Arc;

use crate::offset::Offset;
use crate::owner;
use crate::range::{Full, Options, Range};
use crate::segment::{Segment, SegmentKind};

/// An offset to record at and the range that keeps it; none for a no-op.
#[derive(Clone, Debug)]
pub(crate) struct Handle {
    pub(crate) offset: Offset,
    range: Option<Arc<Range>>,
}

impl Handle {
    /// A handle whose records go to scratch cells and are never read.
    pub(crate) const NOOP: Self = Self {
        offset: Offset::SCRATCH,
        range: None,
    };

    pub(crate) fn new(cells: u32, options: Options) -> Result<Self, Full> {
        let (offset, range) = Range::new(cells, options)?;
        Ok(Self {
            offset,
            range: Some(range),
        })
    }

    pub(crate) fn gauge(options: Options) -> Result<Self, Full> {
        let (offset, range) = Range::gauge(options.notify)?;
        Ok(Self {
            offset,
            range: Some(range),
        })
    }

    /// The same cells, recorded by atomic adds.
    pub(crate) fn shared(&self) -> Self {
        Self {
            offset: self.offset.shared(),
            range: self.range.clone(),
        }
    }

    /// Tells the watcher, after a record off the plain path.
    #[inline]
    pub(crate) fn notify(&self) {
        if self.offset.is_watched()
            && let Some(range) = &self.range
        {
            range.notify();
        }
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (&self.range, &other.range) {
            (Some(mine), Some(other)) => Arc::ptr_eq(mine, other),
            _ => false,
        }
    }

    /// What to sum for this handle, with its sums from `out` on.
    pub(crate) fn segment(&self, kind: SegmentKind, out: u32) -> Option<Segment> {
        let range = self.range.as_ref()?;
        Some(Segment {
            offset: range.offset(),
            cells: range.cells(),
            kind,
            out,
        })
    }

    /// Sums this handle's one cell; zero for a no-op.
    pub(crate) fn sum(&self, kind: SegmentKind) -> u64 {
        let mut out = [0];
        if let Some(segment) = self.segment(kind, 0) {
            owner::sum(&[segment], &mut out);
        }
        out[0]
    }
}
