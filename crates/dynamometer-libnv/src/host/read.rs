//! What comes from C: checked, and borrowed for the time of a call.
#![allow(unsafe_code, reason = "turns pointers from C into slices")]

use std::{ptr, slice, str};

use crate::abi::{LONGEST_TEXT, Str};
use crate::error::Error;

/// A slice of `len` values; none where there are none.
///
/// # Safety
///
/// `data` is null, or points to `len` values that live for `'a`.
pub(crate) unsafe fn slice<'a, T>(
    what: &str,
    data: *const T,
    len: usize,
) -> Result<&'a [T], Error> {
    if len == 0 {
        return Ok(&[]);
    }
    if data.is_null() || !data.is_aligned() || len > LONGEST_TEXT {
        let message = format!("{what}: {len} values at {data:p} can not be read");
        return Err(Error::argument(message));
    }
    // SAFETY: by this function's contract.
    Ok(unsafe { slice::from_raw_parts(data, len) })
}

/// A text.
///
/// # Safety
///
/// `text.data` is null, or points to `text.len` bytes that live for `'a`.
pub(crate) unsafe fn text<'a>(what: &str, text: Str) -> Result<&'a str, Error> {
    if text.len > LONGEST_TEXT {
        let message = format!(
            "{what} has {} bytes, at most {LONGEST_TEXT} are possible",
            text.len
        );
        return Err(Error::argument(message));
    }
    // SAFETY: by this function's contract.
    let bytes = unsafe { slice(what, text.data.cast::<u8>(), text.len)? };
    str::from_utf8(bytes).map_err(|error| Error::argument(format!("{what} is not UTF-8: {error}")))
}

/// A list of texts.
///
/// # Safety
///
/// As for [`slice`] and [`text`].
pub(crate) unsafe fn texts<'a>(
    what: &str,
    data: *const Str,
    len: usize,
) -> Result<Vec<&'a str>, Error> {
    // SAFETY: by this function's contract.
    let all = unsafe { slice(what, data, len)? };
    // SAFETY: likewise.
    all.iter().map(|one| unsafe { text(what, *one) }).collect()
}

/// A structure that may come from another version of the header: what its copy did
/// not know reads as zero.
///
/// # Safety
///
/// `from` is null, or points to a structure that begins with its size; all zero is
/// a value of `T`.
pub(crate) unsafe fn structure<T: Copy>(what: &str, from: *const T) -> Result<T, Error> {
    if from.is_null() || !from.is_aligned() {
        return Err(Error::argument(format!("{what} is at {from:p}")));
    }
    // SAFETY: by this function's contract.
    let size = unsafe { from.cast::<usize>().read() };
    if size < size_of::<usize>() {
        return Err(Error::argument(format!("{what} has a size of {size}")));
    }
    // SAFETY: by this function's contract.
    let mut read: T = unsafe { std::mem::zeroed() };
    let known = size.min(size_of::<T>());
    // SAFETY: as many bytes as both have.
    unsafe { ptr::copy_nonoverlapping(from.cast::<u8>(), (&raw mut read).cast(), known) };
    Ok(read)
}
