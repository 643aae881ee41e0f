//! The functions of a registry.
#![allow(
    unsafe_code,
    reason = "a table of functions is the same on all threads"
)]

use std::ffi::{c_char, c_void};

use super::{Error, Request, Sink, Slot, Status, Str, Value};

/// `libnv_family`: known to its registry alone.
#[derive(Debug)]
#[repr(C)]
pub struct Family {
    _opaque: [u8; 0],
}

/// `libnv_source_v1`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Source {
    pub struct_size: usize,
    pub name: Str,
    pub timeout: f64,
    pub read: Option<
        unsafe extern "C" fn(context: *mut c_void, sink: Sink, sink_context: *mut c_void) -> Status,
    >,
    pub drop: Option<unsafe extern "C" fn(context: *mut c_void)>,
    pub context: *mut c_void,
}

/// `libnv_family_values_v1`: read by the C++ of this crate alone.
#[derive(Debug)]
#[repr(C)]
pub struct FamilyValues {
    _opaque: [u8; 0],
}

/// `libnv_registry_v1`.
///
/// A host may lack what is a pointer here.
#[derive(Debug)]
#[repr(C)]
pub struct Registry {
    pub struct_size: usize,
    pub abi: u32,
    pub language: *const c_char,
    pub backend: *const c_char,
    pub check_scope: unsafe extern "C" fn(this: *mut c_void, request: *const Request) -> Status,
    pub family: unsafe extern "C" fn(
        this: *mut c_void,
        request: *const Request,
        out: *mut *mut Family,
    ) -> Status,
    pub release_family: unsafe extern "C" fn(this: *mut c_void, family: *mut Family),
    pub look_up: unsafe extern "C" fn(
        this: *mut c_void,
        family: *mut Family,
        values: *const Str,
        value_count: usize,
        out: *mut *mut Slot,
    ) -> Status,
    pub remove: unsafe extern "C" fn(
        this: *mut c_void,
        family: *mut Family,
        values: *const Str,
        value_count: usize,
        removed: *mut u32,
    ) -> Status,
    pub drop_slot: unsafe extern "C" fn(slot: *mut Slot),
    pub notify: unsafe extern "C" fn(slot: *mut Slot),
    pub value:
        unsafe extern "C" fn(this: *mut c_void, slot: *const Slot, out: *mut Value) -> Status,
    pub write_page: unsafe extern "C" fn(
        this: *mut c_void,
        format: u32,
        sink: Option<Sink>,
        context: *mut c_void,
    ) -> Status,
    pub add_source: unsafe extern "C" fn(this: *mut c_void, source: *const Source) -> Status,
    pub remove_source:
        unsafe extern "C" fn(this: *mut c_void, name: Str, removed: *mut u32) -> Status,
    pub adopt: unsafe extern "C" fn(
        this: *mut c_void,
        family: *mut Family,
        values: *const Str,
        value_count: usize,
        offset: i64,
        cells: *mut u64,
        out: *mut *mut Slot,
    ) -> Status,
    pub report: unsafe extern "C" fn(this: *mut c_void, name: Str, error: *const Error),
    pub last_error: unsafe extern "C" fn() -> *const Error,
    pub count_dropped: unsafe extern "C" fn(this: *mut c_void, reason: u32, values: u64),
    pub write_self_page: unsafe extern "C" fn(
        this: *mut c_void,
        format: u32,
        sink: Option<Sink>,
        context: *mut c_void,
    ) -> Status,
    pub each_family: Option<
        unsafe extern "C" fn(
            this: *mut c_void,
            visit: unsafe extern "C" fn(context: *mut c_void, family: *const FamilyValues),
            context: *mut c_void,
        ) -> Status,
    >,
    pub write_labels: Option<
        unsafe extern "C" fn(
            this: *mut c_void,
            slot: *const Slot,
            sink: Option<Sink>,
            context: *mut c_void,
        ) -> Status,
    >,
    pub remove_written: Option<
        unsafe extern "C" fn(
            this: *mut c_void,
            family: Str,
            labels: Str,
            spares_kept: u32,
            removed: *mut u32,
        ) -> Status,
    >,
}

// SAFETY: functions, and names that live as long as the process.
unsafe impl Sync for Registry {}
// SAFETY: as above.
unsafe impl Send for Registry {}
