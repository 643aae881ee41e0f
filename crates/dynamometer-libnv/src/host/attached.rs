//! A host that is the process's, until it is let go.
#![allow(unsafe_code, reason = "hands a host to libnv, and takes it back")]

use std::ffi::c_void;
use std::fmt;
use std::sync::Arc;

use super::Host;
use super::functions::Functions;
use crate::abi::{self, Api, Registry, Status};
use crate::error::Error;
use crate::meeting;
use crate::process;

/// Makes a container the place where all C++ metrics of this process go.
///
/// Those that C++ registered before move there, with what they counted; those that
/// it registers later go there right away. It ends when the guard is dropped.
///
/// # Errors
///
/// `Status::BACKEND` where the process has a host already, `Status::ABI_MISMATCH`
/// where a copy of libnv of another version owns the process, and whatever the
/// host says of a family that moves.
pub fn attach<H: Host>(host: H, service_name: &str) -> Result<Attached, Error> {
    let api = meeting::api().ok_or_else(Error::unavailable)?;
    let this = Arc::into_raw(Arc::new(host));
    let guard = Attached {
        api,
        this: this.cast_mut().cast(),
        // SAFETY: made above; called once.
        release: |this| drop(unsafe { Arc::from_raw(this.cast::<H>()) }),
        is_in_force: false,
    };
    guard.attach(Functions::<H>::TABLE, service_name)
}

/// The table of functions around hosts of a type, and `this` to call them with.
///
/// For tests that drive a host as C++ does. `this` is good for as long as the host.
pub fn registry_of<H: Host>(host: &H) -> (&'static Registry, *mut c_void) {
    (
        Functions::<H>::TABLE,
        std::ptr::from_ref(host).cast_mut().cast(),
    )
}

/// Makes a registry that is behind C functions already the process's.
///
/// # Errors
///
/// As for [`attach`].
///
/// # Safety
///
/// `this` is good for the functions of the table until the guard is dropped.
pub unsafe fn with_registry(
    registry: &'static Registry,
    this: *mut c_void,
    service_name: &str,
) -> Result<Attached, Error> {
    let api = meeting::api().ok_or_else(Error::unavailable)?;
    let guard = Attached {
        api,
        this,
        release: |_| (),
        is_in_force: false,
    };
    guard.attach(registry, service_name)
}

/// The process's host; it is let go when this is dropped.
#[must_use = "the container is the process's for as long as this is held"]
pub struct Attached {
    api: &'static Api,
    this: *mut c_void,
    release: fn(*mut c_void),
    is_in_force: bool,
}

// SAFETY: the functions of a registry may be called from any thread.
unsafe impl Send for Attached {}
// SAFETY: as above.
unsafe impl Sync for Attached {}

impl Attached {
    fn attach(mut self, registry: &'static Registry, service_name: &str) -> Result<Self, Error> {
        let name = abi::Str::of(service_name);
        let attach = self.api.attach.ok_or_else(Error::unavailable)?;
        // SAFETY: the functions stay valid until this is dropped.
        process::checked(self.api, unsafe { attach(registry, self.this, name) })?;
        self.is_in_force = true;
        Ok(self)
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        let detach = self.api.detach.filter(|_| self.is_in_force);
        // SAFETY: attached by this.
        let let_go = detach.is_none_or(|detach| unsafe { detach(self.this) } == Status::OK);
        if let_go {
            (self.release)(self.this);
        }
        // Else libnv may still call it: it stays.
    }
}

impl fmt::Debug for Attached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attached").finish_non_exhaustive()
    }
}
