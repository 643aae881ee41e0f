//! The handles that C++ records through, by the kinds of their series.
#![allow(unsafe_code, reason = "hands slots to C++")]

use std::ptr::NonNull;

use cxx::UniquePtr;
use cxx::memory::UniquePtrTarget;

use super::bridge::{
    self, Counter, ExponentialHistogram, FloatCounter, Gauge, Histogram, Info, StateSet,
    UpDownCounter, libnv_slot_v1,
};
use crate::abi::{Slot, Status};
use crate::error::Error;
use crate::host::Kind;

type Made<H> = Result<UniquePtr<H>, cxx::Exception>;

/// A handle of C++.
pub(super) trait Handle: UniquePtrTarget + Sized {
    /// Of its series.
    const KIND: Kind;

    /// Makes one that takes over a reference; of a set with those states.
    ///
    /// # Safety
    ///
    /// The slot is of that kind, and a reference to it is the caller's.
    unsafe fn over(slot: *mut libnv_slot_v1, states: &[String]) -> Made<Self>;
}

/// Defines the handles that are made of a slot alone.
macro_rules! handles {
    ($($handle:ident by $over:ident;)*) => {$(
        impl Handle for $handle {
            const KIND: Kind = Kind::$handle;

            unsafe fn over(slot: *mut libnv_slot_v1, _: &[String]) -> Made<Self> {
                // SAFETY: by this function's contract.
                unsafe { bridge::$over(slot) }
            }
        }
    )*};
}

handles! {
    Counter by counter_over;
    FloatCounter by float_counter_over;
    UpDownCounter by up_down_counter_over;
    Gauge by gauge_over;
    Histogram by histogram_over;
    ExponentialHistogram by exponential_histogram_over;
    Info by info_over;
}

impl Handle for StateSet {
    const KIND: Kind = Kind::StateSet;

    unsafe fn over(slot: *mut libnv_slot_v1, states: &[String]) -> Made<Self> {
        // SAFETY: by this function's contract.
        unsafe { bridge::state_set_over(slot, states.to_vec()) }
    }
}

/// Makes a handle that takes over a reference to a series of its kind.
pub(super) fn over<H: Handle>(
    slot: NonNull<Slot>,
    states: &[String],
) -> Result<UniquePtr<H>, Error> {
    // SAFETY: the slot that a look-up came with, in a family of that kind.
    unsafe { H::over(slot.as_ptr().cast(), states) }
        .map_err(|thrown| Error::new(Status::INTERNAL, thrown.what()))
}
