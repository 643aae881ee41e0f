//! Who is inside a look-up: counted in cells, so that counting costs nothing.
//!
//! Every look-up adds to one of two up-down counters, *sides*, on entering and
//! takes away on leaving. The writer unlinks an entry, and frees it after it has
//! seen each side empty once: whoever entered before the unlinking has left.
//! New look-ups go to the side that `turn` chose last, so the other one drains
//! however busy the table is.
//!
//! One ordering is needed that an unlocked add does not give: either the writer
//! sees the entering, or the look-up sees the unlinking. A full fence on both
//! sides does it. Where Linux offers `membarrier`, the writer's fence runs on all
//! cores and the look-up's costs nothing.

/// Counts look-ups in and out.
pub trait Presence: Clone {
    /// A look-up that goes on until this is dropped, which counts it out.
    type Inside<'a>
    where
        Self: 'a;

    /// Counts a look-up in.
    fn enter(&self) -> Self::Inside<'_>;
    /// Sends coming look-ups to the other side.
    fn turn(&self);
    /// Orders what the caller unlinked before what it will see of each side.
    ///
    /// False where the order could not be had; then nothing may be freed.
    fn barrier(&self) -> bool;
    /// True where nobody is inside on `side`.
    fn is_empty(&self, side: usize) -> bool;
}

#[cfg(not(loom))]
pub use in_cells::InCells;
#[cfg(not(loom))]
pub(crate) use in_cells::Inside;

#[cfg(not(loom))]
mod in_cells {
    #![allow(unsafe_code, reason = "calls membarrier")]

    use std::marker::PhantomData;
    use std::sync::atomic::{AtomicI64, Ordering, compiler_fence, fence};
    use std::sync::{Arc, OnceLock};

    use super::Presence;
    use crate::cell::UpDownCells;
    use crate::fork;
    use crate::offset::Offset;
    use crate::record::count_among_others;
    use crate::series::Options;
    use crate::thread::{Route, own_cells, route};

    /// The look-ups of one table, counted in the slabs of this process.
    #[derive(Clone, Debug)]
    pub struct InCells(Arc<Sides>);

    #[derive(Debug)]
    struct Sides {
        inside: [UpDownCells; 2],
        /// The cells are there, and not stand-ins that read 0.
        counts: bool,
        /// Where each side is counted.
        offsets: [Offset; 2],
        /// The offset of the side that coming look-ups are counted on.
        open: AtomicI64,
        /// The writer's barrier reaches all cores, so look-ups need none.
        is_asymmetric: bool,
    }

    impl InCells {
        /// Takes cells to count in.
        ///
        /// Where there are none left nothing that is removed is ever freed.
        pub fn new() -> Self {
            let side = || UpDownCells::new(Options::default());
            let inside = side().and_then(|one| Ok([one, side()?]));
            let counts = inside.is_ok();
            let inside = inside.unwrap_or([UpDownCells::NOOP; 2]);
            let is_asymmetric = is_asymmetric();
            let offset = |side: &UpDownCells| match (counts, is_asymmetric) {
                (true, true) => side.handle.offset,
                // Off the plain path, where there is a fence.
                (true, false) => side.handle.offset.fenced(),
                (false, _) => Offset::NOWHERE,
            };
            let offsets = [offset(&inside[0]), offset(&inside[1])];
            Self(Arc::new(Sides {
                open: AtomicI64::new(offsets[0].bits()),
                inside,
                counts,
                offsets,
                is_asymmetric,
            }))
        }
    }

    impl Default for InCells {
        fn default() -> Self {
            Self::new()
        }
    }

    /// A look-up that is counted in.
    ///
    /// It holds the place where it is counted and nothing else: one word, which
    /// stays in a register.
    #[derive(Debug)]
    pub struct Inside<'a> {
        offset: Offset,
        sides: PhantomData<&'a Sides>,
    }

    impl Inside<'_> {
        /// Gives the place out of hand; whoever has it counts the look-up out.
        #[inline]
        pub(crate) fn into_offset(self) -> Offset {
            let offset = self.offset;
            std::mem::forget(self);
            offset
        }

        /// Takes back what [`into_offset`](Self::into_offset) gave.
        #[inline]
        pub(crate) fn from_offset(offset: Offset) -> Self {
            Self {
                offset,
                sides: PhantomData,
            }
        }
    }

    impl Drop for Inside<'_> {
        #[inline]
        fn drop(&mut self) {
            // A release store: what was read inside is read before it.
            count(self.offset, -1);
        }
    }

    /// Adds to the up-down cells at `offset`.
    #[inline(always)]
    fn count(offset: Offset, n: i64) {
        match own_cells(offset) {
            Some(cells) => UpDownCells::write(cells, n),
            None => count_cold(offset, n),
        }
    }

    #[cold]
    #[inline(never)]
    fn count_cold(offset: Offset, n: i64) {
        match route(offset) {
            Route::Own(cells) => UpDownCells::write(cells, n),
            Route::Shared(cells) => count_among_others(|index| cells.cell(index), n),
            Route::Nowhere => {}
        }
        if offset.is_fenced() {
            fence(Ordering::SeqCst);
        }
    }

    /// Asks the kernel for barriers on all cores, once.
    fn is_asymmetric() -> bool {
        static GRANTED: OnceLock<bool> = OnceLock::new();
        if GRANTED.get().is_none() {
            let _no_fork = fork::hold_off();
            GRANTED.get_or_init(membarrier::register);
        }
        GRANTED.get().copied().unwrap_or(false)
    }

    impl Presence for InCells {
        type Inside<'a> = Inside<'a>;

        #[inline]
        fn enter(&self) -> Inside<'_> {
            let offset = Offset::from_bits(self.0.open.load(Ordering::Relaxed));
            count(offset, 1);
            compiler_fence(Ordering::SeqCst);
            Inside {
                offset,
                sides: PhantomData,
            }
        }

        fn turn(&self) {
            let [one, other] = self.0.offsets.map(Offset::bits);
            let open = self.0.open.load(Ordering::Relaxed);
            let next = if open == one { other } else { one };
            self.0.open.store(next, Ordering::Relaxed);
        }

        fn barrier(&self) -> bool {
            fence(Ordering::SeqCst);
            // Refused after it was granted, it is asked for anew. Look-ups rely on
            // it for good: one that began without a fence may be going on.
            let is_ordered = !self.0.is_asymmetric
                || membarrier::all_cores()
                || (membarrier::register() && membarrier::all_cores());
            self.0.counts && is_ordered
        }

        fn is_empty(&self, side: usize) -> bool {
            self.0.inside[side & 1].value() == 0
        }
    }

    /// `membarrier(2)`: <https://man7.org/linux/man-pages/man2/membarrier.2.html>
    #[cfg(all(target_os = "linux", not(miri)))]
    mod membarrier {
        const REGISTER_PRIVATE_EXPEDITED: libc::c_int = 1 << 4;
        const PRIVATE_EXPEDITED: libc::c_int = 1 << 3;

        /// Asks for barriers on all cores that run this process.
        pub(super) fn register() -> bool {
            call(REGISTER_PRIVATE_EXPEDITED)
        }

        /// Runs a full barrier on each of them.
        pub(super) fn all_cores() -> bool {
            call(PRIVATE_EXPEDITED)
        }

        fn call(command: libc::c_int) -> bool {
            // SAFETY: the call takes numbers only.
            unsafe { libc::syscall(libc::SYS_membarrier, command, 0, 0) == 0 }
        }
    }

    #[cfg(not(all(target_os = "linux", not(miri))))]
    mod membarrier {
        pub(super) fn register() -> bool {
            false
        }

        pub(super) fn all_cores() -> bool {
            false
        }
    }
}
