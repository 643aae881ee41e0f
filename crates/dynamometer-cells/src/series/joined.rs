//! Further cells of a series: recorded to before it was made.

use std::iter;
use std::sync::atomic::AtomicU64;

use crate::once_box::OnceBox;
use crate::owner;
use crate::segment::Segment;

/// Cells that are part of a series though it was not made with them.
#[derive(Clone, Copy, Debug)]
pub enum Joined {
    /// In the slabs.
    InSlabs {
        /// The byte offset of the first.
        offset: u32,
    },
    /// Outside all slabs, changed by atomic operations; as many as the series has.
    Elsewhere(&'static [AtomicU64]),
}

impl Joined {
    /// Adds what the cells hold to the sums of `segment`, that of the series.
    pub(crate) fn add_to(self, segment: Segment, out: &mut [u64]) {
        match self {
            Self::InSlabs { offset } => owner::sum(&[Segment { offset, ..segment }], out),
            Self::Elsewhere(cells) => {
                if let Some(cells) = cells.get(..segment.cells as usize) {
                    segment.add_to(out, cells);
                }
            }
        }
    }

    fn is_same(self, other: Self) -> bool {
        match (self, other) {
            (Self::InSlabs { offset }, Self::InSlabs { offset: other }) => offset == other,
            (Self::Elsewhere(cells), Self::Elsewhere(other)) => cells.as_ptr() == other.as_ptr(),
            _ => false,
        }
    }
}

/// A list that only grows, and is read without a lock.
#[derive(Default)]
pub(super) struct AllJoined(OnceBox<Link>);

struct Link {
    cells: Joined,
    next: AllJoined,
}

impl AllJoined {
    /// Adds cells that are not listed.
    pub(super) fn push(&self, cells: Joined) {
        let mut at = self;
        loop {
            let link = at.0.get_or_init(|| Link {
                cells,
                next: Self::default(),
            });
            if link.cells.is_same(cells) {
                return;
            }
            at = &link.next;
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Joined> {
        let links = iter::successors(self.0.get(), |link| link.next.0.get());
        links.map(|link| link.cells)
    }
}
