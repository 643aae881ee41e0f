//! A family that somebody declares.

use super::{Label, Str};

/// The name is the exposed one already.
pub const RESOLVED: u32 = 1;
/// One set of cells for all threads.
pub const SHARED_CELLS: u32 = 2;
/// Series keep exemplars.
pub const EXEMPLARS: u32 = 4;

/// `libnv_request_v1`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Request {
    pub struct_size: usize,
    pub kind: u32,
    pub flags: u32,
    pub prefixes: *const Str,
    pub prefix_count: usize,
    pub name: Str,
    pub asked: Str,
    pub help: Str,
    pub unit: Str,
    pub labels: *const Label,
    pub label_count: usize,
    pub label_names: *const Str,
    pub label_name_count: usize,
    pub bounds: *const f64,
    pub bound_count: usize,
    pub schema: i32,
    pub min_exponent: i32,
    pub max_exponent: i32,
    pub is_signed: u32,
    pub states: *const Str,
    pub state_count: usize,
    pub aliases: *const Str,
    pub alias_count: usize,
    pub limit: u64,
    pub expire_after: f64,
}
