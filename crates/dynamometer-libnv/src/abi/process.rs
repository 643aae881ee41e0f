//! The table of a process.
#![allow(
    unsafe_code,
    reason = "a table of functions is the same on all threads"
)]

use std::ffi::{c_char, c_void};

use super::{CellStats, Cells, Error, Registry, Status, Str};

/// `libnv_copy_v1`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct CopyOfLibnv {
    pub struct_size: usize,
    pub path: Str,
    pub abi: u32,
    pub is_owner: u32,
}

/// `libnv_refusal_v1`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Refusal {
    pub struct_size: usize,
    pub name: Str,
    pub status: Status,
    pub message: Str,
}

/// `libnv_doctor_v1`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Doctor {
    pub struct_size: usize,
    pub version: Str,
    pub cells_language: Str,
    pub host_language: Str,
    pub host_backend: Str,
    pub service_name: Str,
    pub is_hosted: u32,
    pub copies: u32,
    pub refused_copies: u32,
    pub cells: CellStats,
    pub series: u64,
    pub detached: u64,
    pub unbound: u64,
    pub refusals: u64,
}

/// `libnv_serve_v1`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Serve {
    pub struct_size: usize,
    pub host: Str,
    pub port: u16,
}

/// `libnv_api_v1`.
///
/// What a program without a host needs, it calls from C++: those functions are
/// pointers here.
#[derive(Debug)]
#[repr(C)]
pub struct Api {
    pub struct_size: usize,
    pub abi: u32,
    pub reserved: u32,
    pub version: *const c_char,
    pub cells: *const Cells,
    pub registry: *const Registry,
    pub process: *mut c_void,
    pub open: Option<unsafe extern "C" fn(service_name: Str, out: *mut *mut c_void) -> Status>,
    pub close: Option<unsafe extern "C" fn(registry: *mut c_void)>,
    pub attach: Option<
        unsafe extern "C" fn(host: *const Registry, this: *mut c_void, service_name: Str) -> Status,
    >,
    pub detach: Option<unsafe extern "C" fn(this: *mut c_void) -> Status>,
    pub doctor: Option<unsafe extern "C" fn(out: *mut Doctor) -> Status>,
    pub each_copy: Option<
        unsafe extern "C" fn(
            visit: unsafe extern "C" fn(context: *mut c_void, copy: *const CopyOfLibnv),
            context: *mut c_void,
        ) -> Status,
    >,
    pub each_refusal: Option<
        unsafe extern "C" fn(
            name: Str,
            visit: unsafe extern "C" fn(context: *mut c_void, refusal: *const Refusal),
            context: *mut c_void,
        ) -> Status,
    >,
    pub count_unbound: Option<unsafe extern "C" fn(by: i64)>,
    pub serve: Option<unsafe extern "C" fn(options: *const Serve, out: *mut *mut c_void) -> Status>,
    pub port: Option<unsafe extern "C" fn(server: *const c_void) -> u16>,
    pub stop: Option<unsafe extern "C" fn(server: *mut c_void)>,
    pub last_error: Option<unsafe extern "C" fn() -> *const Error>,
}

// SAFETY: functions, and what lives as long as the process.
unsafe impl Sync for Api {}
