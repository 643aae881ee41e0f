//! A region of anonymous memory that is reserved, not committed.
#![allow(
    unsafe_code,
    reason = "reserves memory with mmap and hands out its cells"
)]

use std::ptr::{self, NonNull};

use crate::layout::{CELL_BYTES, OFFSET_LIMIT};
use crate::sync::AtomicU64;

/// Zeroed cells at a fixed address, never unmapped.
///
/// Invariant R1 (docs/adr/0002): `base..base + bytes` stays mapped readable and
/// writable for the rest of the process, and its address is above
/// [`OFFSET_LIMIT`].
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
    /// Reserves `bytes` of zeroed memory, or says that the system refuses.
    ///
    /// Pages are committed on first touch, one 4 KiB page at a time: without
    /// `MADV_NOHUGEPAGE` the first record of a thread would commit 2 MiB where
    /// transparent huge pages are always on.
    pub(crate) fn reserve(bytes: u32) -> Option<Self> {
        // SAFETY: an anonymous private mapping at an address of the kernel's
        // choice touches no memory that exists.
        let address = unsafe {
            libc::mmap(
                ptr::null_mut(),
                bytes as usize,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
                -1,
                0,
            )
        };
        if address == libc::MAP_FAILED {
            return None;
        }
        let base = NonNull::new(address.cast::<u8>())?;
        if base.addr().get() <= OFFSET_LIMIT as usize {
            // SAFETY: this is the mapping made above, and nothing points into it yet.
            unsafe { libc::munmap(address, bytes as usize) };
            return None;
        }
        #[cfg(target_os = "linux")]
        for advice in [libc::MADV_NOHUGEPAGE, libc::MADV_DONTDUMP] {
            // Advice only: a kernel that lacks it serves us all the same.
            // SAFETY: the range is the mapping made above.
            unsafe { libc::madvise(address, bytes as usize, advice) };
        }
        Some(Self { base, bytes })
    }

    pub(crate) fn base(&self) -> *mut u8 {
        self.base.as_ptr()
    }

    /// The `count` cells from byte `offset` on.
    pub(crate) fn cells(&self, offset: u32, count: u32) -> &'static [AtomicU64] {
        let end = u64::from(offset) + u64::from(count) * u64::from(CELL_BYTES);
        assert!(end <= u64::from(self.bytes) && offset.is_multiple_of(CELL_BYTES));
        // SAFETY: the assertion keeps the pointer inside the mapping.
        let first = unsafe { self.base.add(offset as usize) }.cast::<AtomicU64>();
        // SAFETY: aligned, inside, never given back (R1), and reached through atomics only.
        unsafe { std::slice::from_raw_parts(first.as_ptr(), count as usize) }
    }

    /// Drops the pages of `from..to`, which then read zero.
    ///
    /// For the child of a fork, where no other thread exists: it neither copies
    /// nor commits a page.
    pub(crate) fn discard(&self, from: u32, to: u32) {
        debug_assert!(from <= to && to <= self.bytes);
        // SAFETY: inside the mapping; cells are atomics, for which zero is a valid value.
        unsafe {
            let start = self.base.as_ptr().add(from as usize);
            libc::madvise(start.cast(), (to - from) as usize, libc::MADV_DONTNEED);
        }
    }
}
