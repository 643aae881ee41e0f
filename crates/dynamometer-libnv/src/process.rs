//! Calls of the process's table.
#![allow(unsafe_code, reason = "calls libnv, and reads what it says")]

use crate::abi::{self, Api, Status, Str};
use crate::error::Error;
use crate::host::read;

/// What a call came to, with what libnv says of it.
pub(crate) fn checked(api: &Api, status: Status) -> Result<(), Error> {
    said(status, api.last_error)
}

/// What a call came to, with what `last_error` of the same table says of it.
pub(crate) fn said(
    status: Status,
    last_error: Option<unsafe extern "C" fn() -> *const abi::Error>,
) -> Result<(), Error> {
    if status == Status::OK {
        return Ok(());
    }
    let said = last_error.and_then(|last_error| {
        // SAFETY: the last error of this thread, until its next call.
        unsafe { read::structure("the error", last_error()).ok() }
    });
    let Some(said) = said else {
        let message = format!("libnv returned the status {}", status.0);
        return Err(Error::new(status, message));
    };
    Err(Error::new(status, own(said.message)).with_existing(own(said.existing)))
}

/// A copy of a text that libnv lends.
pub(crate) fn own(text: Str) -> String {
    // SAFETY: libnv's texts live during the call that they came with.
    let text = unsafe { read::text("what libnv says", text) };
    text.unwrap_or_default().to_owned()
}
