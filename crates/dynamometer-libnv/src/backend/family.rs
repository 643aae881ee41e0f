//! A family of a C++ registry, by the labels of one declaration.
#![allow(unsafe_code, reason = "calls the C++ registry")]

use std::ptr::{self, NonNull};
use std::sync::Arc;

use super::{Backend, Granted, functions};
use crate::abi::{self, Label, Status, Str};
use crate::error::Error;
use crate::host::{Kind, Request};
use crate::process::said;

/// A family, for look-ups of its series.
#[derive(Debug)]
pub struct Family {
    backend: Arc<Backend>,
    known_as: NonNull<abi::Family>,
    kind: Kind,
}

// SAFETY: any thread may call any function of a C++ registry.
unsafe impl Send for Family {}
// SAFETY: as above.
unsafe impl Sync for Family {}

impl Family {
    pub(super) fn declare(backend: &Arc<Backend>, request: &Request<'_>) -> Result<Self, Error> {
        let texts =
            |texts: &[&str]| -> Vec<Str> { texts.iter().map(|text| Str::of(text)).collect() };
        let labels = request.labels.iter();
        let labels: Vec<Label> = labels
            .map(|(name, value)| Label {
                name: Str::of(name),
                value: Str::of(value),
            })
            .collect();
        let prefixes = texts(&request.prefixes);
        let label_names = texts(&request.label_names);
        let states = texts(&request.states);
        let aliases = texts(&request.aliases);
        let bounds = request.bounds.unwrap_or_default();
        let flag = |is_set: bool, flag| if is_set { flag } else { 0 };
        let said = abi::Request {
            struct_size: size_of::<abi::Request>(),
            kind: request.kind as u32,
            flags: flag(request.is_resolved, abi::RESOLVED)
                | flag(request.shared_cells, abi::SHARED_CELLS)
                | flag(request.exemplars, abi::EXEMPLARS),
            prefixes: prefixes.as_ptr(),
            prefix_count: prefixes.len(),
            name: Str::of(request.name),
            asked: Str::of(request.asked),
            help: Str::of(request.help),
            unit: Str::of(request.unit),
            labels: labels.as_ptr(),
            label_count: labels.len(),
            label_names: label_names.as_ptr(),
            label_name_count: label_names.len(),
            bounds: request.bounds.map_or(ptr::null(), <[f64]>::as_ptr),
            bound_count: bounds.len(),
            schema: request.exponential.map_or(0, |layout| layout.schema),
            min_exponent: request.exponential.map_or(0, |layout| layout.min_exponent),
            max_exponent: request.exponential.map_or(0, |layout| layout.max_exponent),
            is_signed: request
                .exponential
                .map_or(0, |layout| layout.is_signed.into()),
            states: states.as_ptr(),
            state_count: states.len(),
            aliases: aliases.as_ptr(),
            alias_count: aliases.len(),
            limit: request.limit.unwrap_or(0) as u64,
            expire_after: request
                .expire_after
                .map_or(0.0, |after| after.as_secs_f64()),
        };
        let mut family = ptr::null_mut();
        // SAFETY: live structures, and a registry that the caller holds.
        checked(unsafe { (functions().family)(backend.this(), &raw const said, &raw mut family) })?;
        Ok(Self {
            backend: Arc::clone(backend),
            known_as: NonNull::new(family).ok_or_else(Error::unavailable)?,
            kind: request.kind,
        })
    }

    /// Finds or makes a series, or that for all that are too many.
    ///
    /// # Errors
    ///
    /// Where the values do not fit, or there are no cells left.
    pub fn look_up(&self, values: &[&str]) -> Result<Granted, Error> {
        let values: Vec<Str> = values.iter().map(|value| Str::of(value)).collect();
        let mut slot = ptr::null_mut();
        // SAFETY: live structures; the family holds its registry.
        checked(unsafe {
            (functions().look_up)(
                self.backend.this(),
                self.known_as.as_ptr(),
                values.as_ptr(),
                values.len(),
                &raw mut slot,
            )
        })?;
        let slot = NonNull::new(slot).ok_or_else(Error::unavailable)?;
        // SAFETY: a slot of a C++ registry, with a reference that is ours.
        Ok(unsafe { Granted::new(slot, self.kind) })
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        // SAFETY: declared by this, released once.
        unsafe { (functions().release_family)(self.backend.this(), self.known_as.as_ptr()) }
    }
}

/// What a call of a C++ registry came to, with what it says of it.
fn checked(status: Status) -> Result<(), Error> {
    said(status, Some(functions().last_error))
}
