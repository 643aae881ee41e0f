//! Slots over series: what C++ records through.
#![allow(unsafe_code, reason = "hands out slots, and takes them back")]

use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicPtr, AtomicU32};

use dynamometer_cells::{ExponentialLayout, Plan, Series};

use super::{Buckets, Family, Kind, read};
use crate::abi;
use crate::error::Error;

/// A slot, and what it keeps alive.
#[repr(C)]
struct Kept {
    /// The first field: the address of one is that of the other.
    slot: abi::Slot,
    series: Arc<Series>,
    kind: Kind,
    table: Option<Box<abi::Buckets>>,
    /// What the table points into.
    _buckets: Buckets,
}

/// Makes a slot with one reference, the caller's.
pub(super) fn make(
    registry: &'static abi::Registry,
    family: &impl Family,
    series: Arc<Series>,
) -> *mut abi::Slot {
    let (kind, buckets) = (family.kind(), family.buckets());
    // What is set is reached by its address alone.
    let offset = match series.recorded_offset() {
        offset if kind.is_set() && offset & abi::AT_WATCHED == 0 => offset & 0xffff_ffff,
        offset => offset,
    };
    let cells = if kind.is_set() {
        series.shared_pointer()
    } else {
        None
    };
    let mut kept = Box::new(Kept {
        slot: abi::Slot {
            offset: AtomicI64::new(offset),
            cells: AtomicPtr::new(cells.unwrap_or(ptr::null_mut())),
            buckets: ptr::null(),
            kind: kind as u32,
            cell_count: series.cell_count(),
            references: AtomicU32::new(1),
            reserved: 0,
            registry,
            series: ptr::null_mut(),
        },
        series,
        kind,
        table: table(&buckets).map(Box::new),
        _buckets: buckets,
    });
    if let Some(table) = &kept.table {
        kept.slot.buckets = ptr::from_ref(&**table);
    }
    let kept = Box::into_raw(kept);
    // SAFETY: made above.
    unsafe { (*kept).slot.series = kept.cast() };
    kept.cast()
}

/// What the caller of C++ finds buckets by.
fn table(buckets: &Buckets) -> Option<abi::Buckets> {
    let none = abi::Buckets {
        struct_size: size_of::<abi::Buckets>(),
        count: buckets.count() as u32,
        shift: 0,
        upper: ptr::null(),
        below: ptr::null(),
        first_key: 0,
        entries: 0,
        is_exact: 0,
        steps: ptr::null(),
        lowest: 0.0,
        first: 0,
        last: 0,
        mirror: 0,
        schema: 0,
        min_exponent: 0,
        max_exponent: 0,
        is_signed: 0,
    };
    match buckets {
        Buckets::None => None,
        Buckets::Explicit(bounds) => {
            let table = bounds.table();
            Some(abi::Buckets {
                shift: table.shift,
                upper: table.upper.as_ptr(),
                below: table.below.as_ptr(),
                first_key: table.first_key,
                entries: table.below.len() as u32,
                is_exact: table.is_exact.into(),
                ..none
            })
        }
        Buckets::Exponential(buckets) => {
            let table = buckets.table();
            let ExponentialLayout {
                schema,
                min_exponent,
                max_exponent,
                is_signed,
            } = *buckets.layout();
            Some(abi::Buckets {
                steps: table.steps.as_ptr(),
                lowest: table.lowest,
                first: table.first,
                last: table.last,
                mirror: table.mirror,
                schema,
                min_exponent,
                max_exponent,
                is_signed: is_signed.into(),
                ..none
            })
        }
    }
}

/// `drop_slot` of a registry.
///
/// # Safety
///
/// The slot was made here, and its last reference was released.
pub(super) unsafe fn end(slot: *mut abi::Slot) {
    if !slot.is_null() {
        // SAFETY: by this function's contract; the slot is the first field.
        drop(unsafe { Box::from_raw(slot.cast::<Kept>()) });
    }
}

/// `notify` of a registry.
///
/// # Safety
///
/// The slot was made here, and a reference is held.
pub(super) unsafe fn notify(slot: *mut abi::Slot) {
    // SAFETY: by this function's contract.
    if let Some(kept) = unsafe { slot.cast::<Kept>().as_ref() } {
        kept.series.notify();
    }
}

/// `value` of a registry.
///
/// # Safety
///
/// The slot was made here, and a reference is held; `out` is as `libnv.h` says.
pub(super) unsafe fn value(slot: *const abi::Slot, out: *mut abi::Value) -> Result<(), Error> {
    // SAFETY: by this function's contract.
    let kept = unsafe { slot.cast::<Kept>().as_ref() };
    let kept = kept.ok_or_else(|| Error::argument("the slot is null"))?;
    // SAFETY: likewise; zero is a value of each field.
    let asked = unsafe { read::structure("the value", out.cast_const())? };
    let (value, counts) = kept.value(asked);
    if !asked.buckets.is_null() {
        let fitting = counts.len().min(asked.capacity);
        // SAFETY: the caller has room for `capacity` counts.
        unsafe { ptr::copy_nonoverlapping(counts.as_ptr(), asked.buckets, fitting) };
    }
    let known = asked.struct_size.min(size_of::<abi::Value>());
    // SAFETY: as many bytes as both have.
    unsafe { ptr::copy_nonoverlapping((&raw const value).cast::<u8>(), out.cast(), known) };
    Ok(())
}

impl Kept {
    /// The value, and the counts of its buckets; all else is as it was asked.
    fn value(&self, asked: abi::Value) -> (abi::Value, Vec<u64>) {
        let mut value = abi::Value {
            kind: self.kind as u32,
            bucket_count: 0,
            number: 0,
            difference: 0,
            amount: 0.0,
            observations: 0,
            ..asked
        };
        let mut counts = Vec::new();
        let mut plan = Plan::new();
        match self.kind {
            Kind::Counter => {
                let place = plan.counter(&self.series);
                value.number = plan.run().counter(place);
            }
            Kind::FloatCounter => {
                let place = plan.float(&self.series);
                value.amount = plan.run().float(place);
            }
            Kind::UpDownCounter => {
                let place = plan.up_down(&self.series);
                value.difference = plan.run().up_down(place);
            }
            Kind::Gauge => value.amount = f64::from_bits(self.series.bits()),
            Kind::Info => value.amount = 1.0,
            Kind::StateSet => value.number = self.series.bits(),
            Kind::Histogram | Kind::ExponentialHistogram => {
                let place = plan.histogram(&self.series);
                let sums = plan.run();
                let (sum, buckets) = sums.histogram(place);
                counts = buckets.to_vec();
                value.amount = sum;
                value.bucket_count = counts.len() as u32;
                value.observations = counts.iter().sum();
            }
        }
        (value, counts)
    }
}
