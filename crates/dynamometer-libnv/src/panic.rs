//! Where a panic ends, before it could cross into C++.

use std::mem;
use std::panic::{self, AssertUnwindSafe};

use crate::abi::Status;
use crate::error::Error;

/// Runs a call of C++: a panic is an error.
pub(crate) fn caught<T>(call: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    panic::catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|payload| {
        // What was thrown may throw again as it is dropped.
        mem::forget(payload);
        Err(Error::new(
            Status::INTERNAL,
            "the call panicked; the message is on the standard error",
        ))
    })
}

/// Runs a call of C++ that can not fail: nobody is told of a panic.
pub(crate) fn quietly(call: impl FnOnce()) {
    if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(call)) {
        mem::forget(payload);
    }
}
