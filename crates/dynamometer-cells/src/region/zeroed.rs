//! A region from the heap, for Miri, which has no reservations.
#![allow(unsafe_code, reason = "hands out cells of a leaked allocation")]

use std::ptr::NonNull;

use crate::layout::{CELL_BYTES, OFFSET_LIMIT};
use crate::sync::AtomicU64;

/// Zeroed cells at a fixed address, never freed.
#[derive(Debug)]
pub(crate) struct Region {
    base: NonNull<u8>,
    bytes: u32,
}

// SAFETY: a region is plain memory that is only reached through atomics (R1).
unsafe impl Send for Region {}
// SAFETY: as above.
unsafe impl Sync for Region {}

impl Region {
    pub(crate) fn reserve(bytes: u32) -> Option<Self> {
        let cells: Vec<AtomicU64> = (0..bytes / CELL_BYTES).map(|_| AtomicU64::new(0)).collect();
        let base = NonNull::from(cells.leak()).cast::<u8>();
        (base.addr().get() > OFFSET_LIMIT as usize).then_some(Self { base, bytes })
    }

    pub(crate) fn base(&self) -> *mut u8 {
        self.base.as_ptr()
    }

    /// The `count` cells from byte `offset` on.
    pub(crate) fn cells(&self, offset: u32, count: u32) -> &'static [AtomicU64] {
        let end = u64::from(offset) + u64::from(count) * u64::from(CELL_BYTES);
        assert!(end <= u64::from(self.bytes) && offset.is_multiple_of(CELL_BYTES));
        // SAFETY: the assertion keeps the pointer inside the allocation.
        let first = unsafe { self.base.add(offset as usize) }.cast::<AtomicU64>();
        // SAFETY: aligned, inside, never given back (R1), and reached through atomics only.
        unsafe { std::slice::from_raw_parts(first.as_ptr(), count as usize) }
    }
}
