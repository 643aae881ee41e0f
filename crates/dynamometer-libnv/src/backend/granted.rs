//! A series of a C++ registry, to record to from Rust.
#![allow(unsafe_code, reason = "holds a reference to a slot of C++")]

use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use dynamometer_cells::{Full, Lent, Options, Series};

use super::bridge;
use crate::abi::{self, Slot};
use crate::host::Kind;

/// A reference to a series: its cells stay for as long as it is held.
#[derive(Debug)]
pub struct Granted {
    slot: NonNull<Slot>,
    kind: Kind,
}

// SAFETY: references may be taken and released on any thread.
unsafe impl Send for Granted {}
// SAFETY: as above.
unsafe impl Sync for Granted {}

impl Granted {
    /// Takes over a reference.
    ///
    /// # Safety
    ///
    /// The slot is one of a C++ registry in this copy, and of that kind.
    pub(super) unsafe fn new(slot: NonNull<Slot>, kind: Kind) -> Self {
        Self { slot, kind }
    }

    fn slot(&self) -> &Slot {
        // SAFETY: a reference is held.
        unsafe { self.slot.as_ref() }
    }

    /// The labels of the series as they are written, `{a="1"} `.
    ///
    /// Those of the series for all that are too many are others than were asked for.
    pub fn labels(&self) -> String {
        // SAFETY: the same structure, as C++ knows it.
        let slot = unsafe { self.slot.cast::<bridge::libnv_slot_v1>().as_ref() };
        // What can be thrown is the want of memory for a copy.
        bridge::labels_of_slot(slot).unwrap_or_default()
    }

    /// A series over the same cells, which holds this reference.
    ///
    /// # Errors
    ///
    /// [`Full`] where the cells can not be recorded to.
    pub fn into_series(self, options: Options) -> Result<Arc<Series>, Full> {
        let slot = self.slot();
        let (cells, offset) = (slot.cell_count, slot.offset.load(Ordering::Acquire));
        let is_set = self.kind.is_set();
        let options = Options {
            keeps: Some(Box::new(self)),
            ..options
        };
        if cells == 0 {
            // C++ needs no cell for what is always 1.
            return Series::set(options);
        }
        if offset < 0 && offset & abi::AT_SHARED == 0 {
            return Err(Full);
        }
        let lent = Lent {
            offset: offset.cast_unsigned() as u32,
            cells: cells as usize,
            is_shared: is_set || offset < 0,
        };
        // SAFETY: the slot's cells, which it gives back with its last reference.
        unsafe { Series::over(lent, options) }
    }
}

impl Drop for Granted {
    fn drop(&mut self) {
        let slot = self.slot();
        // SAFETY: the functions of a registry live as long as the process.
        let Some(registry) = (unsafe { slot.registry.as_ref() }) else {
            return;
        };
        if slot.references.fetch_sub(1, Ordering::AcqRel) == 1 {
            // SAFETY: the last reference is gone.
            unsafe { (registry.drop_slot)(self.slot.as_ptr()) }
        }
    }
}
