//! The cost that no per-thread record can go below: one unlocked add.
//!
//! This is the shape of a record with everything taken away that is not the
//! add: a pointer from thread-local storage, an offset from the handle, and
//! `incq (%reg)`. The engine is judged against it, so nothing is shared with the
//! engine.

#![expect(
    unsafe_code,
    reason = "the barrier that hides the cell's address is an inline assembly statement"
)]

use std::arch::asm;
use std::cell::Cell;
use std::ptr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Cells that a thread has for the limit.
const CELLS: usize = 64;

/// One thread's cells, on lines of its own.
#[repr(align(128))]
struct Slab([AtomicU64; CELLS]);

/// Every slab that was handed out, for reading. None is ever freed.
static SLABS: Mutex<Vec<&'static Slab>> = Mutex::new(Vec::new());

thread_local! {
    static SLAB: Cell<*const Slab> = const { Cell::new(ptr::null()) };
}

/// A counter that is one cell per thread.
#[derive(Debug)]
pub(crate) struct LimitCounter {
    /// Bytes from the start of a slab; below the size of a slab by construction.
    offset: usize,
}

impl LimitCounter {
    /// Returns the counter over the given cell of each slab.
    ///
    /// # Panics
    ///
    /// When there is no such cell.
    pub(crate) fn new(cell: usize) -> Self {
        assert!(cell < CELLS, "cell {cell} of {CELLS}");
        Self {
            offset: cell * size_of::<AtomicU64>(),
        }
    }

    /// Adds one, in the calling thread's cell.
    #[inline]
    pub(crate) fn inc(&self) {
        let mut slab = SLAB.get();
        if slab.is_null() {
            slab = lease();
        }
        let mut cell = slab.cast::<AtomicU64>().wrapping_byte_add(self.offset);
        // Without the barrier LLVM folds the addition into `incq (%rax,%rcx)`,
        // which some cores run at the speed of store forwarding (engine.md).
        #[expect(
            clippy::pointers_in_nomem_asm_block,
            reason = "the pointer is only passed through a register, never followed"
        )]
        // SAFETY: the statement is empty: it reads and writes one register, no
        // memory, no stack and no flags.
        unsafe {
            asm!("/* {0} */", inout(reg) cell, options(nomem, nostack, preserves_flags));
        }
        // SAFETY: `cell` is what went into the barrier: a cell of a slab that
        // `lease` leaked, since `new` checked the offset; so it is valid, aligned
        // and never freed.
        let cell = unsafe { &*cell };
        cell.store(
            cell.load(Ordering::Relaxed).wrapping_add(1),
            Ordering::Relaxed,
        );
    }

    /// Returns the sum over all threads there were.
    pub(crate) fn get(&self) -> u64 {
        let slabs = SLABS.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = self.offset / size_of::<AtomicU64>();
        slabs
            .iter()
            .map(|slab| slab.0[cell].load(Ordering::Relaxed))
            .sum()
    }
}

#[cold]
#[inline(never)]
fn lease() -> *const Slab {
    let slab: &'static Slab = Box::leak(Box::new(Slab([const { AtomicU64::new(0) }; CELLS])));
    SLABS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(slab);
    SLAB.set(slab);
    slab
}
