//! Families, put together from their samples.

mod amount;
mod column;
mod draft;
mod histogram;
mod labels;
mod limit;
mod name;
mod part;
mod point;
mod source;
mod summary;

pub(super) use amount::Amount;
pub(super) use draft::Draft;
pub(super) use histogram::HistogramDraft;
pub(super) use labels::{SeriesKey, check_length};
pub(super) use limit::{BYTES, LABELS, QUANTILES};
pub(super) use name::{classic_label, classic_name};
pub(super) use part::{Bound, Part};
pub(super) use point::Point;
pub(super) use source::Source;
