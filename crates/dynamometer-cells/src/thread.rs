//! The calling thread's slab: the one pointer in thread-local storage.
#![allow(
    unsafe_code,
    reason = "leases slabs to threads and nulls their pointers at exit"
)]

use std::cell::Cell;
use std::ffi::c_void;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};

use crate::layout::OFFSET_LIMIT;
use crate::native;
use crate::offset::Offset;
use crate::owner;
use crate::slab::Slab;

/// Copies of the engine whose pointers one thread's exit can null.
const SLOTS: usize = 16;

/// The base of a thread that has given its slab back, which leases no more.
///
/// Any address up to [`OFFSET_LIMIT`] reads as "no slab" on the inline path.
const GONE: *mut u8 = ptr::without_provenance_mut(1);

thread_local! {
    /// The base of the slab that this thread owns, or no slab (null, `GONE`).
    ///
    /// Eight bytes, const-initialised and without a destructor: an access is one
    /// load, and stays valid until the thread is gone.
    static BASE: Cell<*mut u8> = const { Cell::new(ptr::null_mut()) };
}

/// Records that no slab could take, and that went to the shared one.
static FALLBACK_RECORDS: AtomicU64 = AtomicU64::new(0);

/// A pointer to the cells of a series in the slab of this thread.
#[derive(Clone, Copy)]
pub(crate) struct OwnCells(*mut u8);

impl OwnCells {
    /// The cells at byte `offset` from the base of a slab.
    pub(crate) fn at(base: *mut u8, offset: u32) -> Self {
        Self(base.wrapping_add(offset as usize))
    }

    /// The cell at `index`, written by this thread only.
    #[inline(always)]
    pub(crate) fn cell<'a>(self, index: usize) -> &'a AtomicU64 {
        let cell = hide(self.0.wrapping_add(index * 8));
        #[expect(
            clippy::cast_ptr_alignment,
            reason = "bases and offsets are multiples of 8"
        )]
        // SAFETY: inside a slab, whose cells are never unmapped (R1); the offset
        // came from a `Series`, which holds that many cells.
        unsafe {
            &*cell.cast::<AtomicU64>()
        }
    }
}

/// Hides how an address was computed from the optimiser.
///
/// LLVM otherwise folds base and offset into one indexed operand, which costs
/// Intel cores their memory renaming: 2.25 ns against 0.68 for the same cell
/// again and again (design measurements).
#[inline(always)]
fn hide(pointer: *mut u8) -> *mut u8 {
    #[cfg(not(miri))]
    {
        let mut hidden = pointer;
        #[expect(
            clippy::pointers_in_nomem_asm_block,
            reason = "the template is empty: it reads no memory"
        )]
        // SAFETY: an empty template; the register goes out as it came in.
        unsafe {
            std::arch::asm!("/* {0} */", inout(reg) hidden, options(nomem, nostack, preserves_flags));
        }
        hidden
    }
    #[cfg(miri)]
    pointer
}

/// The cells at `offset` in this thread's slab, or `None` off the plain path.
#[inline(always)]
pub(crate) fn own_cells(offset: Offset) -> Option<OwnCells> {
    let cells = BASE.with(Cell::get).wrapping_offset(offset.distance());
    // One signed comparison for "no slab" and for every flag: see `Offset`.
    (cells.addr().cast_signed() > OFFSET_LIMIT as isize).then_some(OwnCells(hide(cells)))
}

/// Where a record that left the plain path goes.
#[derive(Clone, Copy)]
pub(crate) enum Route {
    /// Unlocked adds: this thread has its slab now.
    Own(OwnCells),
    /// Atomic adds in the shared slab.
    Shared(OwnCells),
    /// No memory could ever be reserved: the record is dropped.
    Nowhere,
}

/// Finds the cells for a record off the plain path, leasing a slab if need be.
#[cold]
#[inline(never)]
pub(crate) fn route(offset: Offset) -> Route {
    // A handle without a series must not be what decides whose the cells are.
    let is_scratch = offset.bytes() == Offset::SCRATCH.bytes();
    if offset.is_nowhere() || (is_scratch && owner::in_force().is_none()) {
        return Route::Nowhere;
    }
    if !offset.is_shared() {
        let mut base = BASE.with(Cell::get);
        if base.is_null() {
            // SAFETY: the slot is this thread's own pointer, valid while it lives.
            base = BASE.with(|slot| unsafe { (owner::owner().lease)(slot.as_ptr()) });
        }
        if base.addr() > OFFSET_LIMIT as usize {
            return Route::Own(OwnCells::at(base, offset.bytes()));
        }
        FALLBACK_RECORDS.fetch_add(1, Ordering::Relaxed);
    }
    shared_cells(offset).map_or(Route::Nowhere, Route::Shared)
}

/// The cells at `offset` of the shared slab.
pub(crate) fn shared_cells(offset: Offset) -> Option<OwnCells> {
    // SAFETY: the owner vouched for its functions (`adopt`).
    let base = unsafe { (owner::owner().shared_base)() };
    (!base.is_null()).then(|| OwnCells::at(base, offset.bytes()))
}

/// Records that found no slab of their own, since the process began.
pub(crate) fn fallback_records() -> u64 {
    FALLBACK_RECORDS.load(Ordering::Relaxed)
}

/// What a slab must undo when the thread that leases it exits.
#[derive(Debug)]
pub(crate) struct ExitState {
    /// Thread-local pointers, one for each copy of the engine, that name this slab.
    slots: [AtomicPtr<*mut u8>; SLOTS],
    /// Times the exit hook ran for the present lease.
    rounds: AtomicU32,
}

impl ExitState {
    pub(crate) fn new() -> Self {
        Self {
            slots: [const { AtomicPtr::new(ptr::null_mut()) }; SLOTS],
            rounds: AtomicU32::new(0),
        }
    }

    /// Notes a pointer to null at exit; false where there is no place left.
    fn add(&self, slot: *mut *mut u8) -> bool {
        // A copy that leases again finds the place it has: places fill in order.
        let place = self.slots.iter().find(|known| {
            let known = known.load(Ordering::Relaxed);
            known.is_null() || known == slot
        });
        place
            .inspect(|place| place.store(slot, Ordering::Relaxed))
            .is_some()
    }

    /// Forgets all pointers, without touching what they point to.
    pub(crate) fn forget(&self) {
        self.rounds.store(0, Ordering::Relaxed);
        for slot in &self.slots {
            slot.store(ptr::null_mut(), Ordering::Relaxed);
        }
    }

    /// Nulls every pointer noted.
    ///
    /// # Safety
    ///
    /// Called on the thread that leases the slab, whose thread-local storage,
    /// where the slots lie, is still there.
    unsafe fn null_all(&self) {
        for slot in &self.slots {
            let slot = slot.load(Ordering::Relaxed);
            if !slot.is_null() {
                // SAFETY: by this function's contract.
                unsafe { slot.write(ptr::null_mut()) };
            }
        }
        self.forget();
    }
}

/// The slab that the calling thread leases from this copy's engine.
fn current(key: libc::pthread_key_t) -> Option<&'static Slab> {
    // SAFETY: the key exists, and its value is null or a `&'static Slab` (S1).
    unsafe { libc::pthread_getspecific(key).cast::<Slab>().as_ref() }
}

static EXIT_KEY: OnceLock<Option<libc::pthread_key_t>> = OnceLock::new();

/// Makes the key whose destructor takes a thread's slab back.
pub(crate) fn create_exit_key() {
    EXIT_KEY.get_or_init(|| {
        let mut key = 0;
        // SAFETY: writes the key to a live local.
        let failed = unsafe { libc::pthread_key_create(&raw mut key, Some(on_exit)) };
        (failed == 0).then_some(key)
    });
}

/// The key made at the first use; `None` before that, or where none was left.
fn exit_key() -> Option<libc::pthread_key_t> {
    EXIT_KEY.get().copied().flatten()
}

/// `OwnerTable::lease` of this copy.
pub(crate) unsafe extern "C" fn lease_native(slot: *mut *mut u8) -> *mut u8 {
    let leased = || {
        if BASE.with(Cell::get) == GONE {
            return None;
        }
        let engine = native::engine()?;
        let key = exit_key()?;
        if let Some(slab) = current(key) {
            return slab.exit.add(slot).then_some(slab);
        }
        let slab = engine.pool.lease()?;
        // SAFETY: the key exists; the value outlives every thread (S1).
        let failed = unsafe { libc::pthread_setspecific(key, ptr::from_ref(slab).cast()) };
        if failed != 0 {
            // Without the hook the slab would never come back.
            engine.pool.give_back(slab);
            return None;
        }
        // An idle slab has all its places.
        let added = slab.exit.add(slot);
        debug_assert!(added);
        Some(slab)
    };
    let base = leased().map_or(ptr::null_mut(), Slab::base);
    if !base.is_null() {
        // SAFETY: the caller passes its own thread-local pointer (contract of the field).
        unsafe { slot.write(base) };
    }
    base
}

/// Runs at thread exit, after the destructors of C++ and Rust thread-locals.
///
/// Those run before any pthread key's. To stand behind the keys of others too,
/// the first round only arms the key again. A record in a later round still
/// finds no slab and goes to the shared one: right, if slower.
unsafe extern "C" fn on_exit(value: *mut c_void) {
    let Some(key) = exit_key() else { return };
    // SAFETY: the value is the `&'static Slab` that `lease_native` set.
    let slab = unsafe { &*value.cast::<Slab>() };
    if slab.exit.rounds.fetch_add(1, Ordering::Relaxed) == 0 {
        // SAFETY: the key exists; setting it again asks for another round.
        if unsafe { libc::pthread_setspecific(key, value) } == 0 {
            return;
        }
    }
    // SAFETY: this thread leases the slab, and its thread-local storage is
    // released only after the last round.
    unsafe { slab.exit.null_all() };
    BASE.with(|base| base.set(GONE));
    if let Some(engine) = native::engine() {
        engine.pool.give_back(slab);
    }
}

/// The slab that the calling thread holds now, for the child of a fork.
#[cfg(not(miri))]
pub(crate) fn current_slab() -> Option<&'static Slab> {
    current(exit_key()?)
}
