//! Who owns the cells of this process: a table of functions.
#![allow(unsafe_code, reason = "calls the functions of the owner's table")]

use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, Ordering};

use crate::fork;
use crate::native::NATIVE;
use crate::segment::Segment;
use crate::space::Space;
use crate::stats::CellStats;

/// The version of [`OwnerTable`] and of the slab's layout that this copy speaks.
pub const OWNER_ABI: u32 = 1;

/// The functions of the copy of the engine that owns the cells.
///
/// A process may hold several copies of this crate, and a C++ one: a Rust
/// executable, a Python extension, libnv. One of them owns the slabs; the
/// others record into its cells through this table. The inline record path is
/// the same in every copy, and does not come here.
///
/// The table grows at its end only; a reader checks `struct_size` before it
/// reads a field that a later version added.
#[derive(Debug)]
#[repr(C)]
pub struct OwnerTable {
    /// Bytes of this structure in the copy that published it.
    pub struct_size: usize,
    /// [`OWNER_ABI`] of the copy that published it.
    pub abi: u32,
    /// Leases a slab to the calling thread, writes its base to `*slot`, and
    /// nulls `*slot` at that thread's exit. Returns the base, or null where the
    /// thread is past its exit or no slab can be had.
    pub lease: unsafe extern "C" fn(slot: *mut *mut u8) -> *mut u8,
    /// Leases a slab to a lock; returns its base, or null.
    pub lease_to_lock: unsafe extern "C" fn() -> *mut u8,
    /// Takes back a slab leased to a lock, by its base.
    pub return_from_lock: unsafe extern "C" fn(base: *mut u8),
    /// Takes `cells` cells in a [`Space`] (0 thread, 1 shared, 2 gauge); returns
    /// the byte offset with the space it lies in from bit 32 on, or -1.
    pub allocate: unsafe extern "C" fn(space: u32, cells: u32) -> i64,
    /// Zeroes a range that has no writer left and gives it back.
    pub free: unsafe extern "C" fn(offset: u32, cells: u32),
    /// Adds what `count` segments say to `out`, which holds `out_len` numbers.
    pub sum:
        unsafe extern "C" fn(segments: *const Segment, count: usize, out: *mut u64, out_len: usize),
    /// The base of the shared slab, or null where there is none.
    pub shared_base: unsafe extern "C" fn() -> *mut u8,
    /// Fills `*out`, whose `struct_size` says how much room there is.
    pub stats: unsafe extern "C" fn(out: *mut CellStats),
}

/// Why [`adopt`] refused a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AdoptError {
    /// Another owner is in place already; cells never move.
    Owned,
    /// The table speaks another version of the interface.
    Abi {
        /// The version in the table.
        found: u32,
    },
}

impl std::fmt::Display for AdoptError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Owned => f.write_str("the cells of this process have an owner already"),
            Self::Abi { found } => {
                write!(
                    f,
                    "the owner's table has version {found}, this copy speaks {OWNER_ABI}"
                )
            }
        }
    }
}

impl std::error::Error for AdoptError {}

static OWNER: AtomicPtr<OwnerTable> = AtomicPtr::new(ptr::null_mut());

/// Makes this copy of the engine record into the cells of another.
///
/// Works until the first use: whoever uses the engine first without adopting
/// owns its cells for good, because cells never move.
///
/// # Errors
///
/// [`AdoptError::Owned`] after the first use or an earlier adoption,
/// [`AdoptError::Abi`] where the table is of another version.
///
/// # Safety
///
/// The functions must keep the contract written at each field, for the rest of
/// the process and from any thread.
pub unsafe fn adopt(table: &'static OwnerTable) -> Result<(), AdoptError> {
    if !is_spoken(table) {
        return Err(AdoptError::Abi { found: table.abi });
    }
    decided(table).map_err(|_| AdoptError::Owned)
}

/// The table of this copy's own engine, for other copies to adopt.
pub fn native_table() -> &'static OwnerTable {
    &NATIVE
}

/// Finds out who owns the cells of this process; see [`set_meeting`].
pub type Meeting = fn(mine: &'static OwnerTable) -> Option<&'static OwnerTable>;

static MEETING: OnceLock<Meeting> = OnceLock::new();

/// Sets where this copy meets the others of its process.
///
/// Asked at the first use without an adoption, with this copy's own table.
/// The answer is the table in force, which may be that one; this copy owns its
/// cells where there is none, or one of another version.
///
/// # Errors
///
/// [`AdoptError::Owned`] after the first use, an adoption, or an earlier call.
///
/// # Safety
///
/// What it returns keeps the contract that [`adopt`] asks for.
pub unsafe fn set_meeting(meeting: Meeting) -> Result<(), AdoptError> {
    if !OWNER.load(Ordering::Acquire).is_null() {
        return Err(AdoptError::Owned);
    }
    MEETING.set(meeting).map_err(|_| AdoptError::Owned)
}

/// The table in force; the first call without an adoption decides whose it is.
pub(crate) fn owner() -> &'static OwnerTable {
    in_force().unwrap_or_else(decide)
}

/// The table in force, where that was decided.
pub(crate) fn in_force() -> Option<&'static OwnerTable> {
    // SAFETY: null, or stored from a `&'static OwnerTable`.
    unsafe { OWNER.load(Ordering::Acquire).as_ref() }
}

#[cold]
fn decide() -> &'static OwnerTable {
    let met = MEETING.get().and_then(|meet| meet(&NATIVE));
    let table = met.filter(|table| is_spoken(table)).unwrap_or(&NATIVE);
    match decided(table) {
        Ok(()) => table,
        Err(before) => before,
    }
}

/// Puts a table in force, or says which one is already.
fn decided(table: &'static OwnerTable) -> Result<(), &'static OwnerTable> {
    if let Some(before) = in_force() {
        return Err(before);
    }
    if !ptr::eq(table, &raw const NATIVE) {
        fork::lock_before(table);
    }
    let mine = ptr::from_ref(table).cast_mut();
    OWNER
        .compare_exchange(ptr::null_mut(), mine, Ordering::AcqRel, Ordering::Acquire)
        .map(|_| ())
        // SAFETY: not null, and stored from a `&'static OwnerTable` only.
        .map_err(|before| unsafe { &*before })
}

/// True where this copy can call the table's functions.
fn is_spoken(table: &OwnerTable) -> bool {
    table.abi == OWNER_ABI && table.struct_size >= size_of::<OwnerTable>()
}

/// True where this copy owns the cells.
///
/// Asking is a use: where nobody owns the cells yet, this copy does from now on.
pub fn is_native() -> bool {
    ptr::eq(owner(), &raw const NATIVE)
}

pub(crate) fn allocate(space: Space, cells: u32) -> Option<(Space, u32)> {
    // SAFETY: the owner vouched for its functions (`adopt`).
    let answer = unsafe { (owner().allocate)(space.to_number(), cells) };
    let answer = u64::try_from(answer).ok()?;
    let space = Space::from_number((answer >> 32) as u32)?;
    Some((space, answer as u32))
}

/// Gives back a range.
///
/// # Safety
///
/// The range came from [`allocate`], is given back once, and has no writer left.
pub(crate) unsafe fn free(offset: u32, cells: u32) {
    // SAFETY: by this function's contract.
    unsafe { (owner().free)(offset, cells) }
}

pub(crate) fn sum(segments: &[Segment], out: &mut [u64]) {
    debug_assert!(
        segments
            .iter()
            .all(|s| (s.out + s.cells) as usize <= out.len())
    );
    // SAFETY: pointers and lengths of live slices.
    unsafe {
        (owner().sum)(
            segments.as_ptr(),
            segments.len(),
            out.as_mut_ptr(),
            out.len(),
        );
    }
}

impl Space {
    pub(crate) const fn to_number(self) -> u32 {
        match self {
            Self::Thread => 0,
            Self::Shared => 1,
            Self::Gauge => 2,
        }
    }

    pub(crate) const fn from_number(number: u32) -> Option<Self> {
        match number {
            0 => Some(Self::Thread),
            1 => Some(Self::Shared),
            2 => Some(Self::Gauge),
            _ => None,
        }
    }
}
