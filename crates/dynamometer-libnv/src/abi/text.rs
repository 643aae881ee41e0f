//! Texts, and what is said about a mistake.

use std::ffi::{c_char, c_void};
use std::ptr;

use super::Status;

/// No text may be longer than this many bytes.
pub const LONGEST_TEXT: usize = 1 << 20;

/// `libnv_str`: UTF-8 with a length, and no NUL.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Str {
    pub data: *const c_char,
    pub len: usize,
}

impl Str {
    /// No text.
    pub const EMPTY: Self = Self {
        data: ptr::null(),
        len: 0,
    };

    /// The bytes of `text`, which must outlive what this is given to.
    pub fn of(text: &str) -> Self {
        Self {
            data: text.as_ptr().cast(),
            len: text.len(),
        }
    }
}

/// `libnv_label`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Label {
    pub name: Str,
    pub value: Str,
}

/// `libnv_error_v1`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Error {
    pub struct_size: usize,
    pub status: Status,
    pub message: Str,
    pub existing: Str,
}

/// `libnv_sink`.
pub type Sink = unsafe extern "C" fn(context: *mut c_void, data: *const c_char, len: usize);
