//! `libnv.h` in Rust: the same structures, field by field.
//!
//! The header says what each means; a test compares sizes and offsets with what a
//! C compiler makes of it.
#![allow(
    missing_docs,
    clippy::struct_field_names,
    reason = "the header says what each field means"
)]

mod cells;
mod process;
mod registry;
mod request;
mod slot;
mod status;
mod text;
mod value;

pub use self::{
    cells::{CellStats, Cells, Segment},
    process::{Api, CopyOfLibnv, Doctor, Refusal, Serve},
    registry::{Family, FamilyValues, Registry, Source},
    request::{EXEMPLARS, RESOLVED, Request, SHARED_CELLS},
    slot::{AT_NOWHERE, AT_OWN, AT_SHARED, AT_WATCHED, Buckets, FLAGGED, Slot},
    status::Status,
    text::{Error, LONGEST_TEXT, Label, Sink, Str},
    value::Value,
};

/// The version of the ABI that this crate speaks.
pub const ABI: u32 = 1;
