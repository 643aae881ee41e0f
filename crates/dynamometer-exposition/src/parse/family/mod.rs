//! Families, put together from their samples.

mod amount;
mod column;
mod draft;
mod histogram;
mod labels;
mod limit;
mod name;
mod part;
mod source;
mod summary;

pub(super) use amount::Amount;
pub(super) use draft::{Draft, Point};
pub(super) use labels::{SeriesKey, check_length};
pub(super) use name::classic_name;
pub(super) use part::Part;
pub(super) use source::Source;
