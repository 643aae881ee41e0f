//! What is true of the metrics of this process now.
#![allow(unsafe_code, reason = "calls libnv, and reads what it says")]

use std::ffi::c_void;
use std::fmt;

use crate::abi::{self, CopyOfLibnv, Status};
use crate::error::Error;
use crate::process::{checked, own};
use crate::{host::read, meeting};

/// Who owns the cells of this process, where C++ metrics go, and what was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Doctor {
    /// The version of the copy of libnv whose table is in force.
    pub version: String,
    /// The language of the engine that owns the cells: `rust` or `c++`.
    pub cells_language: String,
    /// The language of the registry that metrics of C++ go to.
    pub host_language: String,
    /// Its backend.
    pub host_backend: String,
    /// The name of the service, where one was given.
    pub service_name: String,
    /// A host is attached.
    pub is_hosted: bool,
    /// The copies of libnv, or of its meeting point, in this process.
    pub copies: Vec<Copy>,
    /// Copies of another version of the ABI, which record nothing.
    pub refused_copies: u32,
    /// Slabs: the most threads that recorded at one time.
    pub slabs: u64,
    /// Slabs on lease to a thread or a lock.
    pub leased: u64,
    /// Leases given out since the process began.
    pub leases: u64,
    /// Records that found no slab, in the owner's copy.
    pub fallback_records: u64,
    /// Series that were asked for through libnv.
    pub series: u64,
    /// Handles in no container, after a refusal.
    pub detached: u64,
    /// Handles that wait for a library.
    pub unbound: u64,
    /// Registrations that were refused.
    pub refusals: u64,
    /// The latest of them.
    pub latest_refusals: Vec<Refusal>,
}

/// A copy of libnv, or of its meeting point.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Copy {
    /// Of the executable or library.
    pub path: String,
    /// The version of the ABI that it speaks.
    pub abi: u32,
    /// The table in force came from here.
    pub is_owner: bool,
}

/// A registration that was refused: why a metric is not on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The name that was asked for.
    pub name: String,
    /// Why, as a number of the ABI.
    pub status: Status,
    /// Why, for a person.
    pub message: String,
}

/// Says what is true of this process now.
///
/// ```
/// let doctor = dynamometer_libnv::doctor()?;
/// assert_eq!(doctor.copies.iter().filter(|copy| copy.is_owner).count(), 1);
/// println!("{doctor}");
/// # Ok::<(), dynamometer_libnv::Error>(())
/// ```
///
/// # Errors
///
/// Where a copy of libnv of another version owns the process.
pub fn doctor() -> Result<Doctor, Error> {
    let api = meeting::api().ok_or_else(Error::unavailable)?;
    let ask = api.doctor.ok_or_else(Error::unavailable)?;
    // SAFETY: zero is a value of each field.
    let mut said: abi::Doctor = unsafe { std::mem::zeroed() };
    said.struct_size = size_of::<abi::Doctor>();
    said.cells.struct_size = size_of::<abi::CellStats>();
    // SAFETY: a live structure that says its size.
    checked(api, unsafe { ask(&raw mut said) })?;
    let mut doctor = Doctor {
        version: own(said.version),
        cells_language: own(said.cells_language),
        host_language: own(said.host_language),
        host_backend: own(said.host_backend),
        service_name: own(said.service_name),
        is_hosted: said.is_hosted != 0,
        copies: Vec::new(),
        refused_copies: said.refused_copies,
        slabs: said.cells.slabs,
        leased: said.cells.leased,
        leases: said.cells.leases,
        fallback_records: said.cells.fallback_records,
        series: said.series,
        detached: said.detached,
        unbound: said.unbound,
        refusals: said.refusals,
        latest_refusals: Vec::new(),
    };
    if let Some(each_copy) = api.each_copy {
        let place = (&raw mut doctor.copies).cast();
        // SAFETY: the function is given back the place that it expects.
        checked(api, unsafe { each_copy(note_copy, place) })?;
    }
    if let Some(each_refusal) = api.each_refusal {
        let place = (&raw mut doctor.latest_refusals).cast();
        // SAFETY: as above.
        checked(api, unsafe {
            each_refusal(abi::Str::EMPTY, note_refusal, place)
        })?;
    }
    Ok(doctor)
}

unsafe extern "C" fn note_copy(place: *mut c_void, copy: *const CopyOfLibnv) {
    // SAFETY: the place that `doctor` passed, on its thread.
    let copies = unsafe { &mut *place.cast::<Vec<Copy>>() };
    // SAFETY: libnv's structure, during this call.
    if let Ok(copy) = unsafe { read::structure("a copy", copy) } {
        copies.push(Copy {
            path: own(copy.path),
            abi: copy.abi,
            is_owner: copy.is_owner != 0,
        });
    }
}

unsafe extern "C" fn note_refusal(place: *mut c_void, refusal: *const abi::Refusal) {
    // SAFETY: the place that `doctor` passed, on its thread.
    let refusals = unsafe { &mut *place.cast::<Vec<Refusal>>() };
    // SAFETY: libnv's structure, during this call.
    if let Ok(refusal) = unsafe { read::structure("a refusal", refusal) } {
        refusals.push(Refusal {
            name: own(refusal.name),
            status: refusal.status,
            message: own(refusal.message),
        });
    }
}

impl fmt::Display for Doctor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut row = |what: &str, value: &dyn fmt::Display| writeln!(f, "{what:<18}{value}");
        row("libnv", &self.version)?;
        row("cells", &self.cells_language)?;
        let is_hosted = if self.is_hosted { "" } else { ", no host" };
        row(
            "registry",
            &format_args!("{}, {}{is_hosted}", self.host_language, self.host_backend),
        )?;
        if !self.service_name.is_empty() {
            row("service", &self.service_name)?;
        }
        row(
            "slabs",
            &format_args!(
                "{}, {} on lease, {} leases so far, {} records without one",
                self.slabs, self.leased, self.leases, self.fallback_records
            ),
        )?;
        row(
            "series",
            &format_args!(
                "{} asked for through libnv, {} unbound, {} detached",
                self.series, self.unbound, self.detached
            ),
        )?;
        for copy in &self.copies {
            let is_owner = if copy.is_owner {
                ", owns the table"
            } else {
                ""
            };
            row(
                "copy",
                &format_args!("{}, ABI {}{is_owner}", copy.path, copy.abi),
            )?;
        }
        if self.refused_copies > 0 {
            row("refused copies", &self.refused_copies)?;
        }
        row("refusals", &self.refusals)?;
        for refusal in &self.latest_refusals {
            row(
                "refused",
                &format_args!("{}: {}", refusal.name, refusal.message),
            )?;
        }
        Ok(())
    }
}
