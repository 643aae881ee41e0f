//! A registry, called through its C functions: one of C++, or a [`Host`] behind them.
#![allow(unsafe_code, reason = "calls the functions of a registry")]

mod family;

use std::ffi::{c_char, c_void};
use std::fmt;
use std::ptr::{self, NonNull};
use std::slice;
use std::sync::Arc;

pub(crate) use self::family::CalledFamily;
use crate::abi::{self, Status};
use crate::error::Error;
use crate::host::{Host, Page, Request, registry_of};
use crate::panic::quietly;
use crate::process::said;

/// A registry, held for as long as it may be called.
#[derive(Clone)]
pub(crate) struct Called {
    functions: &'static abi::Registry,
    this: *mut c_void,
    /// What `this` is part of.
    keeps: Option<Arc<dyn Send + Sync>>,
}

// SAFETY: the functions of a registry may be called from any thread.
unsafe impl Send for Called {}
// SAFETY: as above.
unsafe impl Sync for Called {}

impl Called {
    /// Calls a registry that is behind C functions already.
    ///
    /// # Safety
    ///
    /// `this` is good for the functions for as long as `keeps` is held.
    pub(crate) unsafe fn new(
        functions: &'static abi::Registry,
        this: *mut c_void,
        keeps: Arc<dyn Send + Sync>,
    ) -> Self {
        Self {
            functions,
            this,
            keeps: Some(keeps),
        }
    }

    /// Calls a container of Rust as C++ does.
    pub(crate) fn host<H: Host>(host: Arc<H>) -> Self {
        let (functions, this) = registry_of(&*host);
        // SAFETY: the host stays where it is while it is held.
        unsafe { Self::new(functions, this, host) }
    }

    /// Says what is wrong with the prefixes and constant labels of a request.
    pub(crate) fn check_scope(&self, request: &Request<'_>) -> Result<(), Error> {
        // SAFETY: live structures, and a registry that is held.
        self.checked(request.say(|said| unsafe { (self.functions.check_scope)(self.this, said) }))
    }

    /// Declares a family, or finds it.
    pub(crate) fn family(&self, request: &Request<'_>) -> Result<CalledFamily, Error> {
        let mut family = ptr::null_mut();
        self.checked(request.say(|said| {
            // SAFETY: live structures, and a registry that is held.
            unsafe { (self.functions.family)(self.this, said, &raw mut family) }
        }))?;
        let family = NonNull::new(family).ok_or_else(Error::unavailable)?;
        Ok(CalledFamily::new(self.clone(), family))
    }

    /// The page of the registry.
    pub(crate) fn page(&self, format: Page) -> Result<String, Error> {
        let mut page = Vec::new();
        // SAFETY: a registry that is held; the sink is given back the place it expects.
        self.checked(unsafe {
            (self.functions.write_page)(
                self.this,
                format as u32,
                Some(append),
                (&raw mut page).cast(),
            )
        })?;
        String::from_utf8(page).map_err(|_| Error::new(Status::INTERNAL, "a page is not UTF-8"))
    }

    /// What a call came to, with what the registry says of it.
    fn checked(&self, status: Status) -> Result<(), Error> {
        said(status, Some(self.functions.last_error))
    }
}

unsafe extern "C" fn append(page: *mut c_void, data: *const c_char, len: usize) {
    // SAFETY: the place that `page` passed, on its thread; no page is empty and null.
    let (page, piece) = unsafe {
        (
            &mut *page.cast::<Vec<u8>>(),
            slice::from_raw_parts(data.cast::<u8>(), len),
        )
    };
    page.extend_from_slice(piece);
}

impl Drop for Called {
    fn drop(&mut self) {
        quietly(|| drop(self.keeps.take()));
    }
}

impl fmt::Debug for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Called").finish_non_exhaustive()
    }
}
