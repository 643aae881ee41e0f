//! Offsets: which are free, and which belong to a series.

use std::collections::BTreeMap;

use crate::layout::{CELL_BYTES, FIRST, Layout};

/// Which stretch of the layout a range of cells lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// In every thread's slab: recording is one unlocked add.
    Thread,
    /// In the shared slab only: recording is an atomic add, memory is one cell.
    Shared,
    /// In the shared slab only: cells that are set, and survive a fork.
    Gauge,
}

/// Free offsets of one stretch: a bump pointer, and ranges that came back.
#[derive(Debug)]
struct Stretch {
    next: u32,
    end: u32,
    /// Free offsets by size in bytes.
    returned: BTreeMap<u32, Vec<u32>>,
}

impl Stretch {
    fn new(start: u32, end: u32) -> Self {
        Self {
            next: start,
            end,
            returned: BTreeMap::new(),
        }
    }

    fn take(&mut self, bytes: u32) -> Option<u32> {
        if let Some(offset) = self.take_returned(bytes, bytes) {
            return Some(offset);
        }
        if bytes <= self.end - self.next {
            let offset = self.next;
            self.next += bytes;
            return Some(offset);
        }
        // The stretch is full: split a larger range that came back.
        let size = *self
            .returned
            .range(bytes..)
            .find(|(_, offsets)| !offsets.is_empty())?
            .0;
        self.take_returned(size, bytes)
    }

    fn take_returned(&mut self, size: u32, bytes: u32) -> Option<u32> {
        let offset = self.returned.get_mut(&size)?.pop()?;
        if size > bytes {
            self.give(offset + bytes, size - bytes);
        }
        Some(offset)
    }

    fn give(&mut self, offset: u32, bytes: u32) {
        self.returned.entry(bytes).or_default().push(offset);
    }
}

/// The free offsets of all stretches.
#[derive(Debug)]
pub(crate) struct Spaces {
    layout: Layout,
    thread: Stretch,
    shared: Stretch,
    gauge: Stretch,
}

impl Spaces {
    pub(crate) fn new(layout: Layout) -> Self {
        Self {
            layout,
            thread: Stretch::new(FIRST, layout.thread_end),
            shared: Stretch::new(layout.thread_end, layout.shared_end),
            gauge: Stretch::new(layout.shared_end, layout.gauge_end),
        }
    }

    /// Takes `cells` contiguous cells in `space`, or `None` where it is full.
    ///
    /// A full thread stretch overflows into the shared one: such a series is
    /// recorded by atomic adds, slower and never lost.
    pub(crate) fn take(&mut self, space: Space, cells: u32) -> Option<u32> {
        let bytes = cells.max(1).checked_mul(CELL_BYTES)?;
        match space {
            Space::Thread => self.thread.take(bytes).or_else(|| self.shared.take(bytes)),
            Space::Shared => self.shared.take(bytes),
            Space::Gauge => self.gauge.take(bytes),
        }
    }

    /// Gives back a range whose cells are zero again.
    pub(crate) fn give(&mut self, offset: u32, cells: u32) {
        let stretch = match self.space_of(offset) {
            Space::Thread => &mut self.thread,
            Space::Shared => &mut self.shared,
            Space::Gauge => &mut self.gauge,
        };
        stretch.give(offset, cells.max(1) * CELL_BYTES);
    }

    pub(crate) fn space_of(&self, offset: u32) -> Space {
        if offset < self.layout.thread_end {
            Space::Thread
        } else if offset < self.layout.shared_end {
            Space::Shared
        } else {
            Space::Gauge
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    fn small() -> Spaces {
        Spaces::new(Layout {
            thread_end: FIRST + 32,
            shared_end: FIRST + 64,
            gauge_end: FIRST + 96,
        })
    }

    #[test]
    fn a_full_thread_stretch_overflows_into_the_shared_one() {
        let mut spaces = small();
        for _ in 0..4 {
            let offset = spaces.take(Space::Thread, 1).unwrap();
            assert_eq!(spaces.space_of(offset), Space::Thread);
        }
        let overflow = spaces.take(Space::Thread, 1).unwrap();
        assert_eq!(spaces.space_of(overflow), Space::Shared);
    }

    #[test]
    fn a_full_space_refuses_and_serves_again_once_a_range_comes_back() {
        let mut spaces = small();
        let first = spaces.take(Space::Gauge, 3).unwrap();
        assert_eq!(spaces.take(Space::Gauge, 2), None);
        spaces.give(first, 3);
        assert_eq!(
            spaces.take(Space::Gauge, 2),
            Some(first),
            "a larger range is split"
        );
        assert_eq!(
            spaces.take(Space::Gauge, 1),
            Some(first + 16),
            "and its rest is used"
        );
    }

    #[test]
    fn a_range_too_large_for_the_space_is_refused() {
        let mut spaces = small();
        assert_eq!(spaces.take(Space::Shared, u32::MAX), None);
        assert_eq!(spaces.take(Space::Thread, 1000), None);
    }
}
