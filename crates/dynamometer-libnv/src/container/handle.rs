//! The handles that C++ records through, by the kinds of their series.
#![allow(unsafe_code, reason = "hands slots to C++")]

use std::ptr::NonNull;

use cxx::UniquePtr;
use cxx::memory::UniquePtrTarget;

use super::bridge::{self, Counter, FloatCounter, Gauge, Histogram, UpDownCounter, libnv_slot_v1};
use crate::abi::{Slot, Status};
use crate::error::Error;
use crate::host::Kind;

type Over<H> = unsafe fn(*mut libnv_slot_v1) -> Result<UniquePtr<H>, cxx::Exception>;

/// A handle of C++.
pub(super) trait Handle: UniquePtrTarget + Sized {
    /// Of its series.
    const KIND: Kind;

    /// Makes one that takes over a reference.
    const OVER: Over<Self>;
}

impl Handle for Counter {
    const KIND: Kind = Kind::Counter;
    const OVER: Over<Self> = bridge::counter_over;
}

impl Handle for FloatCounter {
    const KIND: Kind = Kind::FloatCounter;
    const OVER: Over<Self> = bridge::float_counter_over;
}

impl Handle for UpDownCounter {
    const KIND: Kind = Kind::UpDownCounter;
    const OVER: Over<Self> = bridge::up_down_counter_over;
}

impl Handle for Gauge {
    const KIND: Kind = Kind::Gauge;
    const OVER: Over<Self> = bridge::gauge_over;
}

impl Handle for Histogram {
    const KIND: Kind = Kind::Histogram;
    const OVER: Over<Self> = bridge::histogram_over;
}

/// Makes a handle that takes over a reference to a series of its kind.
pub(super) fn over<H: Handle>(slot: NonNull<Slot>) -> Result<UniquePtr<H>, Error> {
    // SAFETY: the slot that a look-up came with, in a family of that kind.
    unsafe { H::OVER(slot.as_ptr().cast()) }
        .map_err(|thrown| Error::new(Status::INTERNAL, thrown.what()))
}
