//! The C++ registry as the place of a Rust container's metrics.
//!
//! It keeps families and series and grants their cells; a container looks them up
//! and records to them as to its own.
#![allow(unsafe_code, reason = "calls the C++ registry")]

mod bridge;
mod family;
mod granted;
mod snapshot;

use std::ffi::c_void;
use std::fmt;
use std::ptr;
use std::sync::Arc;

use cxx::UniquePtr;

pub use self::{
    family::Family,
    granted::Granted,
    snapshot::{
        ExponentialValue, ExposedKind, FamilySnapshot, HistogramValue, SummaryValue, Values,
    },
};
use crate::abi::{self, Status};
use crate::called::Called;
use crate::error::Error;
use crate::host::{Attached, Request, with_registry};
use crate::meeting;

/// A registry of C++.
///
/// What C++ declares in it, where it is the process's, is on its page like all else.
pub struct Backend(UniquePtr<bridge::Backend>);

// SAFETY: any thread may call any function of a C++ registry, and end it.
unsafe impl Send for Backend {}
// SAFETY: as above.
unsafe impl Sync for Backend {}

impl Backend {
    /// Makes an empty registry for a service.
    ///
    /// # Errors
    ///
    /// Where there is no memory for it, or a copy of libnv of another version owns the
    /// process.
    pub fn new(service_name: &str) -> Result<Arc<Self>, Error> {
        let api = ptr::from_ref(meeting::api().ok_or_else(Error::unavailable)?);
        // SAFETY: the same structure, as C++ knows it; it lives as long as the process.
        let api = unsafe { &*api.cast::<bridge::libnv_api_v1>() };
        let backend = bridge::open_backend(api, service_name).map_err(|thrown| told(&thrown))?;
        Ok(Arc::new(Self(backend)))
    }

    /// Declares a family, or finds it.
    ///
    /// # Errors
    ///
    /// As for a container of Rust, with the same words.
    pub fn family(self: &Arc<Self>, request: &Request<'_>) -> Result<Family, Error> {
        let called = self.called().family(request)?;
        Ok(Family::new(called, request.kind))
    }

    /// Removes a series by its labels as they are written, `{a="1"} `.
    ///
    /// Where `spares_kept`, not one that C++ has a handle on. Returns whether it was
    /// removed.
    pub fn remove(&self, family: &str, labels: &str, spares_kept: bool) -> bool {
        let removed = self.0.remove_written(family, labels, spares_kept);
        // What can be thrown here is the want of memory for a text: it stays.
        removed.unwrap_or(false)
    }

    /// The values of all series now, with those of sources that C++ added.
    ///
    /// # Errors
    ///
    /// Where there is no memory for them.
    pub fn snapshot(&self) -> Result<Vec<FamilySnapshot>, Error> {
        let all = self.0.snapshot().map_err(|thrown| told(&thrown))?;
        Ok(all.into_iter().map(FamilySnapshot::from).collect())
    }

    /// Makes this registry the place where all C++ metrics of the process go.
    ///
    /// # Errors
    ///
    /// As for [`attach`](crate::host::attach).
    pub fn publish(self: &Arc<Self>, service_name: &str) -> Result<Attached, Error> {
        let (functions, this) = (self.functions(), self.this());
        // SAFETY: the guard holds the registry.
        unsafe { with_registry(functions, this, service_name, self.clone()) }
    }

    /// This registry, called as any other.
    pub(crate) fn called(self: &Arc<Self>) -> Called {
        // SAFETY: what is kept holds the registry.
        unsafe { Called::new(self.functions(), self.this(), Arc::clone(self) as _) }
    }

    fn functions(&self) -> &'static abi::Registry {
        // SAFETY: a static of C++ with that layout.
        unsafe { &*self.0.functions().cast::<abi::Registry>() }
    }

    fn this(&self) -> *mut c_void {
        self.0.registry().cast()
    }
}

/// What C++ threw across the bridge.
fn told(thrown: &cxx::Exception) -> Error {
    Error::new(Status::INTERNAL, thrown.what())
}

impl fmt::Debug for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Backend").finish_non_exhaustive()
    }
}
