//! A container behind C functions, for tests that call it as C++ does.

use std::ffi::c_void;

use dynamometer_libnv::abi::Registry;
use dynamometer_libnv::host::registry_of;

use super::host::CxxHost;
use crate::container::Container;

/// A container as C++ sees it, without making it the process's.
#[derive(Debug)]
#[doc(hidden)]
pub struct BehindC(Box<CxxHost>);

impl BehindC {
    /// Puts a container behind C functions.
    pub fn new(container: Container) -> Self {
        Self(Box::new(CxxHost(container)))
    }

    /// The functions, and what to call them with for as long as this is held.
    pub fn parts(&self) -> (&'static Registry, *mut c_void) {
        registry_of(&*self.0)
    }
}
