//! The engine: slabs, offsets and sums of one process.

use crate::layout::Layout;
use crate::pool::Pool;
use crate::region::Region;
use crate::segment::{Segment, SegmentKind};
#[cfg(loom)]
use crate::slab::Slab;
use crate::space::{Space, Spaces};
use crate::sync::{AtomicU64, Mutex, Ordering, lock};

/// Everything behind the owner table: who leases what, and what it adds up to.
#[derive(Debug)]
pub struct Engine {
    pub(crate) pool: Pool,
    pub(crate) spaces: Mutex<Spaces>,
    pub(crate) shared: Region,
    pub(crate) layout: Layout,
}

impl Engine {
    /// Reserves the shared slab; `None` where not even the smallest can be had.
    pub fn new() -> Option<Self> {
        Layout::CANDIDATES.iter().find_map(|&layout| {
            Some(Self {
                shared: Region::reserve(layout.gauge_end)?,
                pool: Pool::new(layout.thread_end),
                spaces: Mutex::new(Spaces::new(layout)),
                layout,
            })
        })
    }

    /// Takes `cells` zeroed, contiguous cells; `None` where the space is full.
    pub fn allocate(&self, space: Space, cells: u32) -> Option<u32> {
        lock(&self.spaces).take(space, cells)
    }

    /// Zeroes a range and gives it back.
    ///
    /// The caller vouches that no writer is left: the last handle is gone, and
    /// its drop happens before this call. Each cell is read before it is
    /// written, so that pages no thread touched stay untouched.
    pub fn free(&self, offset: u32, cells: u32) {
        let mut spaces = lock(&self.spaces);
        let everywhere = spaces.space_of(offset) == Space::Thread;
        zero(self.shared.cells(offset, cells));
        if everywhere {
            self.pool
                .slabs()
                .for_each(|slab| zero(slab.cells(offset, cells)));
        }
        spaces.give(offset, cells);
    }

    /// The cell of the shared slab at byte `offset`.
    #[cfg(loom)]
    pub fn shared_cell(&self, offset: u32) -> &'static AtomicU64 {
        &self.shared.cells(offset, 1)[0]
    }

    /// Leases a slab's cells to a caller of the model tests.
    #[cfg(loom)]
    pub fn lease(&self) -> Option<Lease<'_>> {
        Some(Lease {
            engine: self,
            slab: self.pool.lease()?,
        })
    }

    /// Adds what `segments` say, over all slabs, to `out`.
    ///
    /// Goes slab by slab and reads each one's lines in the order given, at most
    /// one nanosecond per cell. Segments of the up-down kinds are summed one by
    /// one instead: their order is what keeps a difference from going negative.
    pub fn sum(&self, segments: &[Segment], out: &mut [u64]) {
        for run in segments.chunk_by(|a, b| !a.kind.is_ordered() && !b.kind.is_ordered()) {
            for segment in run {
                segment.add_to(out, self.shared.cells(segment.offset, segment.cells));
            }
            for slab in self.pool.slabs() {
                for segment in run {
                    // A run of neighbours may go on past the end of the slabs.
                    let cells = segment.cells_before(self.layout.thread_end);
                    if cells > 0 {
                        segment.add_to(out, slab.cells(segment.offset, cells));
                    }
                }
            }
        }
    }

    #[cfg(not(loom))]
    pub(crate) fn slab_counts(&self) -> (usize, usize, u64) {
        let idle = self.pool.idle().len();
        let (slabs, leases) = self
            .pool
            .slabs()
            .fold((0, 0), |(n, leases), slab| (n + 1, leases + slab.leases()));
        (slabs, slabs - idle, leases)
    }
}

fn zero(cells: &[AtomicU64]) {
    for cell in cells {
        if cell.load(Ordering::Relaxed) != 0 {
            cell.store(0, Ordering::Relaxed);
        }
    }
}

/// A slab on lease, given back when it is dropped.
#[cfg(loom)]
#[derive(Debug)]
pub struct Lease<'a> {
    engine: &'a Engine,
    slab: &'static Slab,
}

#[cfg(loom)]
impl Lease<'_> {
    /// The cell at byte `offset` of the leased slab.
    pub fn cell(&self, offset: u32) -> &'static AtomicU64 {
        &self.slab.cells(offset, 1)[0]
    }
}

#[cfg(loom)]
impl Drop for Lease<'_> {
    fn drop(&mut self) {
        self.engine.pool.give_back(self.slab);
    }
}

impl SegmentKind {
    const fn is_ordered(self) -> bool {
        matches!(self, Self::FirstOfPair | Self::SecondOfPair)
    }
}
