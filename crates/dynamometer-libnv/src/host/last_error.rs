//! What was wrong with the last call of a thread, and the way out of every call.
#![allow(unsafe_code, reason = "hands a thread's own memory to C")]

use std::cell::UnsafeCell;
use std::ptr;

use crate::abi::{self, Status};
use crate::error::Error;
use crate::panic::caught;

/// An error and how C sees it.
struct Last {
    said: abi::Error,
    /// Holds the texts.
    _error: Error,
}

thread_local! {
    static LAST: UnsafeCell<Option<Last>> = const { UnsafeCell::new(None) };
}

/// Runs a call from C: nothing leaves it but a status.
pub(super) fn answer(call: impl FnOnce() -> Result<(), Error>) -> Status {
    match caught(call) {
        Ok(()) => Status::OK,
        Err(error) => note(error),
    }
}

fn note(error: Error) -> Status {
    let status = error.status();
    let last = Last {
        // The texts are on the heap and stay where they are.
        said: error.to_abi(),
        _error: error,
    };
    // SAFETY: this thread's own, and nothing runs while it is replaced but the drop
    // of two texts. Past the thread's end nobody can ask.
    let _ = LAST.try_with(|place| unsafe { *place.get() = Some(last) });
    status
}

/// `last_error` of a registry: until the next call that fails.
pub(super) unsafe extern "C" fn last_error() -> *const abi::Error {
    let said = LAST.try_with(|place| {
        // SAFETY: this thread's own; C reads it before its next call.
        let last = unsafe { &*place.get() };
        last.as_ref()
            .map_or(ptr::null(), |last| ptr::from_ref(&last.said))
    });
    said.unwrap_or(ptr::null())
}
