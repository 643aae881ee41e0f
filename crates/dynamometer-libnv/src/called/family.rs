//! A family of a registry that is called.
#![allow(unsafe_code, reason = "calls the functions of a registry")]

use std::ptr::{self, NonNull};

use super::Called;
use crate::abi::{Family, Slot, Str};
use crate::error::Error;

/// A family, until it is released.
#[derive(Debug)]
pub(crate) struct CalledFamily {
    registry: Called,
    known_as: NonNull<Family>,
}

// SAFETY: the functions of a registry may be called from any thread.
unsafe impl Send for CalledFamily {}
// SAFETY: as above.
unsafe impl Sync for CalledFamily {}

impl CalledFamily {
    /// Takes over a family that the registry made.
    pub(super) fn new(registry: Called, known_as: NonNull<Family>) -> Self {
        Self { registry, known_as }
    }

    /// Finds or makes a series; its slot has a reference that is the caller's.
    pub(crate) fn look_up(&self, values: &[&str]) -> Result<NonNull<Slot>, Error> {
        let values = strs(values);
        let mut slot = ptr::null_mut();
        // SAFETY: live structures; the family holds its registry.
        self.registry.checked(unsafe {
            (self.registry.functions.look_up)(
                self.registry.this,
                self.known_as.as_ptr(),
                values.as_ptr(),
                values.len(),
                &raw mut slot,
            )
        })?;
        NonNull::new(slot).ok_or_else(Error::unavailable)
    }

    /// Removes a series; false where there is none.
    pub(crate) fn remove(&self, values: &[&str]) -> Result<bool, Error> {
        let values = strs(values);
        let mut removed = 0;
        // SAFETY: live structures; the family holds its registry.
        self.registry.checked(unsafe {
            (self.registry.functions.remove)(
                self.registry.this,
                self.known_as.as_ptr(),
                values.as_ptr(),
                values.len(),
                &raw mut removed,
            )
        })?;
        Ok(removed != 0)
    }
}

impl Drop for CalledFamily {
    fn drop(&mut self) {
        // SAFETY: declared by this registry, released once.
        unsafe {
            (self.registry.functions.release_family)(self.registry.this, self.known_as.as_ptr());
        }
    }
}

fn strs(values: &[&str]) -> Vec<Str> {
    values.iter().map(|value| Str::of(value)).collect()
}
