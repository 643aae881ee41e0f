//! Slots: where those who record find their cells.

use std::ffi::c_void;
use std::sync::atomic::{AtomicI64, AtomicPtr, AtomicU32};

use super::Registry;

/// Set in an offset together with at least one flag.
pub const FLAGGED: i64 = i64::MIN;
/// Atomic adds in the shared slab.
pub const AT_SHARED: i64 = 1 << 32;
/// Tell the registry after each record.
pub const AT_WATCHED: i64 = 1 << 33;
/// Dropped.
pub const AT_NOWHERE: i64 = 1 << 34;
/// Unbound: atomic adds to the slot's own cells.
pub const AT_OWN: i64 = 1 << 36;

/// `libnv_buckets_v1`.
#[derive(Debug)]
#[repr(C)]
pub struct Buckets {
    pub struct_size: usize,
    pub count: u32,
    pub shift: u32,
    pub upper: *const f64,
    pub below: *const u16,
    pub first_key: i64,
    pub entries: u32,
    pub is_exact: u32,
    pub steps: *const u64,
    pub lowest: f64,
    pub first: u64,
    pub last: u64,
    pub mirror: u64,
    pub schema: i32,
    pub min_exponent: i32,
    pub max_exponent: i32,
    pub is_signed: u32,
}

/// `libnv_slot_v1`.
#[derive(Debug)]
#[repr(C)]
pub struct Slot {
    pub offset: AtomicI64,
    pub cells: AtomicPtr<u64>,
    pub buckets: *const Buckets,
    pub kind: u32,
    pub cell_count: u32,
    pub references: AtomicU32,
    pub reserved: u32,
    pub registry: *const Registry,
    pub series: *mut c_void,
}
