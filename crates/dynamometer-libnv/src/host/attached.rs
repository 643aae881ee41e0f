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
    let host = Arc::new(host);
    let (registry, this) = registry_of(&*host);
    Attached::new(api, registry, this, service_name, host)
}

/// The table of functions around hosts of a type, and `this` to call them with.
///
/// For tests that drive a host as C++ does. `this` is good for as long as the host.
pub fn registry_of<H: Host>(host: &H) -> (&'static Registry, *mut c_void) {
    // The slots of the host are recorded to by C++, which looks for cells itself.
    meeting::prepare();
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
/// `this` is good for the functions of the table for as long as `keeps` is held.
pub(crate) unsafe fn with_registry(
    registry: &'static Registry,
    this: *mut c_void,
    service_name: &str,
    keeps: Arc<dyn Send + Sync>,
) -> Result<Attached, Error> {
    let api = meeting::api().ok_or_else(Error::unavailable)?;
    Attached::new(api, registry, this, service_name, keeps)
}

/// The process's host; it is let go when this is dropped.
#[must_use = "the container is the process's for as long as this is held"]
pub struct Attached {
    api: &'static Api,
    this: *mut c_void,
    /// What `this` is part of.
    keeps: Option<Arc<dyn Send + Sync>>,
}

// SAFETY: the functions of a registry may be called from any thread.
unsafe impl Send for Attached {}
// SAFETY: as above.
unsafe impl Sync for Attached {}

impl Attached {
    fn new(
        api: &'static Api,
        registry: &'static Registry,
        this: *mut c_void,
        service_name: &str,
        keeps: Arc<dyn Send + Sync>,
    ) -> Result<Self, Error> {
        let attach = api.attach.ok_or_else(Error::unavailable)?;
        let name = abi::Str::of(service_name);
        // SAFETY: the functions stay valid until this is dropped.
        process::checked(api, unsafe { attach(registry, this, name) })?;
        Ok(Self {
            api,
            this,
            keeps: Some(keeps),
        })
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        // SAFETY: attached by this.
        let let_go = self.api.detach.map(|detach| unsafe { detach(self.this) });
        if let_go != Some(Status::OK) {
            // libnv may still call it: it stays for ever.
            std::mem::forget(self.keeps.take());
        }
    }
}

impl fmt::Debug for Attached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attached").finish_non_exhaustive()
    }
}
