//! Where cells lie inside a slab: the offsets, and what each stretch is for.
//!
//! ```text
//! 0        FIRST            thread_end          shared_end            gauge_end
//! | scratch | thread cells  | shared additive   | gauges (set)        |
//! |<---- every thread's slab, and the --------->|
//! |<---- shared slab has all of it ------------------------------------>|
//! ```
//!
//! An offset below `thread_end` exists in every slab; the rest only in the one
//! shared slab, whose cells are changed by atomic read-modify-write or set.

/// Bytes of one cell: a `u64`, or the bits of an `f64`.
pub const CELL_BYTES: u32 = 8;

/// The cells that handles without a series write to: a sum and one bucket.
///
/// They are never read. Every slab has them, so a no-op handle takes the same
/// branch-free path as any other.
#[cfg(not(loom))]
pub(crate) const SCRATCH: u32 = 0;

/// The first offset that is handed out, one pair of cache lines past scratch.
pub(crate) const FIRST: u32 = 128;

/// No offset reaches this; a pointer at or below it is "no slab".
///
/// The inline path tests a null base and a flagged offset with one comparison
/// against this number (see [`crate::offset`]), so slabs must lie above it.
#[cfg(not(miri))]
pub(crate) const OFFSET_LIMIT: u32 = 0x7fff_ffff;

/// Miri places memory from 128 KiB on; a larger limit would keep every record
/// of its tests off the plain path.
#[cfg(miri)]
pub(crate) const OFFSET_LIMIT: u32 = 0x1_ffff;

/// The ends of the three stretches, in bytes. Each is a multiple of 4096.
#[expect(clippy::struct_field_names, reason = "each is the end of a stretch")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) thread_end: u32,
    pub(crate) shared_end: u32,
    pub(crate) gauge_end: u32,
}

const MIB: u32 = 1 << 20;

impl Layout {
    /// The layouts to try, largest first.
    ///
    /// Reserved pages cost nothing until they are touched. The smaller ones are
    /// for processes whose address space is limited (`RLIMIT_AS`, strict
    /// overcommit): 8 million cells per thread, then 512 thousand, then 32.
    #[cfg(not(any(loom, miri)))]
    pub(crate) const CANDIDATES: &'static [Self] = &[
        Self {
            thread_end: 64 * MIB,
            shared_end: 512 * MIB,
            gauge_end: 1024 * MIB,
        },
        Self {
            thread_end: 4 * MIB,
            shared_end: 32 * MIB,
            gauge_end: 64 * MIB,
        },
        Self {
            thread_end: MIB / 4,
            shared_end: 2 * MIB,
            gauge_end: 4 * MIB,
        },
    ];

    /// Miri holds every byte of an allocation, so its slabs are small.
    #[cfg(all(miri, not(loom)))]
    pub(crate) const CANDIDATES: &'static [Self] = &[Self {
        thread_end: MIB / 64,
        shared_end: MIB / 32,
        gauge_end: MIB / 16,
    }];

    /// Loom tracks every cell, so there are four of each.
    #[cfg(loom)]
    pub(crate) const CANDIDATES: &'static [Self] = &[Self {
        thread_end: FIRST + 4 * CELL_BYTES,
        shared_end: FIRST + 8 * CELL_BYTES,
        gauge_end: FIRST + 12 * CELL_BYTES,
    }];
}

#[cfg(loom)]
const _: u32 = MIB;

const _: () = {
    let mut at = 0;
    while at < Layout::CANDIDATES.len() {
        assert!(Layout::CANDIDATES[at].gauge_end < OFFSET_LIMIT);
        at += 1;
    }
};
