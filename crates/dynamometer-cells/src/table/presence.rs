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
    /// Counts the calling thread in; returns the side it is counted on.
    fn enter(&self) -> usize;
    /// Counts the calling thread out of `side`.
    fn leave(&self, side: usize);
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
mod in_cells {
    #![allow(unsafe_code, reason = "calls membarrier")]

    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicUsize, Ordering, compiler_fence, fence};

    use super::Presence;
    use crate::cell::UpDownCells;
    use crate::fork;
    use crate::range::Options;

    /// The look-ups of this process, counted in its slabs.
    #[derive(Clone, Copy, Debug)]
    pub struct InCells(&'static Sides);

    #[derive(Debug)]
    struct Sides {
        inside: [UpDownCells; 2],
        /// The side that coming look-ups are counted on.
        open: AtomicUsize,
        /// The writer's barrier reaches all cores, so look-ups need none.
        is_asymmetric: bool,
    }

    impl InCells {
        /// The process-wide count; `None` where there are no cells for it.
        pub fn get() -> Option<Self> {
            static SIDES: OnceLock<Option<Sides>> = OnceLock::new();
            let make = || {
                let side = || UpDownCells::new(Options::default()).ok();
                Some(Sides {
                    inside: [side()?, side()?],
                    open: AtomicUsize::new(0),
                    is_asymmetric: membarrier::register(),
                })
            };
            if SIDES.get().is_none() {
                // The engine first: it is made with forks held off, as this is.
                crate::stats::stats();
                let _no_fork = fork::hold_off();
                SIDES.get_or_init(make);
            }
            SIDES.get()?.as_ref().map(Self)
        }
    }

    impl Presence for InCells {
        #[inline]
        fn enter(&self) -> usize {
            let side = self.0.open.load(Ordering::Relaxed) & 1;
            self.0.inside[side].add(1);
            if self.0.is_asymmetric {
                compiler_fence(Ordering::SeqCst);
            } else {
                fence(Ordering::SeqCst);
            }
            side
        }

        #[inline]
        fn leave(&self, side: usize) {
            // A release store: what was read inside is read before it.
            self.0.inside[side & 1].add(-1);
        }

        fn turn(&self) {
            self.0.open.fetch_xor(1, Ordering::Relaxed);
        }

        fn barrier(&self) -> bool {
            fence(Ordering::SeqCst);
            // Refused after it was granted, it is asked for anew. Look-ups rely on
            // it for good: one that began without a fence may be going on.
            !self.0.is_asymmetric
                || membarrier::all_cores()
                || (membarrier::register() && membarrier::all_cores())
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
