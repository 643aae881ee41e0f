//! Metrics of C++ that are read when a page is.
#![allow(unsafe_code, reason = "calls the functions of a source")]

use std::ffi::{c_char, c_void};
use std::time::Duration;
use std::{fmt, slice};

use super::read;
use crate::abi::{self, Status};
use crate::error::Error;

/// A source that C++ attaches; its own end is told with the last use.
pub struct Source {
    name: String,
    timeout: Option<Duration>,
    functions: abi::Source,
}

// SAFETY: `libnv.h`: a source is read on a thread of the registry's choice.
unsafe impl Send for Source {}
// SAFETY: as above; who reads a source reads it one at a time.
unsafe impl Sync for Source {}

impl Source {
    /// Checks a source from C, and takes it over.
    ///
    /// # Safety
    ///
    /// As `libnv.h` says of `libnv_source_v1`.
    pub(super) unsafe fn read(from: *const abi::Source) -> Result<Self, Error> {
        // SAFETY: by this function's contract; zero is "nothing is said" in every field.
        let functions = unsafe { read::structure("the source", from)? };
        // SAFETY: likewise.
        let name = unsafe { read::text("the source's name", functions.name)? };
        if functions.read.is_none() {
            let message = format!("source {name:?} has no function that reads it");
            return Err(Error::argument(message));
        }
        Ok(Self {
            name: name.to_owned(),
            timeout: Duration::try_from_secs_f64(functions.timeout)
                .ok()
                .filter(|timeout| !timeout.is_zero()),
            functions,
        })
    }

    /// What it is known by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// For how long to wait for it; `None` where nothing is said.
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Reads it: exposition text.
    ///
    /// # Errors
    ///
    /// Where the function says so, or what it writes is not UTF-8.
    pub fn text(&self) -> Result<String, Error> {
        let Some(read) = self.functions.read else {
            return Ok(String::new());
        };
        let mut text: Vec<u8> = Vec::new();
        let place = (&raw mut text).cast();
        // SAFETY: the sink is given back the place that it expects.
        let status = unsafe { read(self.functions.context, take, place) };
        if status != Status::OK {
            let message = format!("source {:?} returned the status {}", self.name, status.0);
            return Err(Error::new(status, message));
        }
        String::from_utf8(text).map_err(|error| {
            Error::argument(format!("source {:?} wrote no UTF-8: {error}", self.name))
        })
    }
}

/// Takes a piece of text.
unsafe extern "C" fn take(place: *mut c_void, data: *const c_char, len: usize) {
    if data.is_null() || len == 0 {
        return;
    }
    // SAFETY: the place that `Source::text` passed, on its thread.
    let text = unsafe { &mut *place.cast::<Vec<u8>>() };
    // SAFETY: a piece of text lives while it is given (contract of a sink).
    text.extend_from_slice(unsafe { slice::from_raw_parts(data.cast(), len) });
}

impl Drop for Source {
    fn drop(&mut self) {
        if let Some(drop) = self.functions.drop {
            // SAFETY: called once, with the context that it came with.
            unsafe { drop(self.functions.context) }
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("name", &self.name)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
