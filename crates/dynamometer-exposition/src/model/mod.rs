//! What a snapshot is made of.

mod check;
mod desc;
mod exemplar;
mod exponential;
mod family;
mod histogram;
mod labels;
mod lines;
mod merge;
mod rows;
mod snapshot;
mod summary;
mod unit;
mod valid;
mod value;

pub use check::Invalid;
pub use desc::{Desc, Kind};
pub use exemplar::Exemplar;
pub use exponential::{ExponentialBucket, ExponentialCounts, ExponentialValue};
pub(crate) use family::known_time;
pub use family::{Family, Sample};
pub use histogram::HistogramValue;
pub use labels::{LabelColumn, LabelSet, SeriesLabels};
pub use merge::Conflict;
pub use snapshot::Snapshot;
pub use summary::SummaryValue;
pub use unit::Unit;
pub use value::{Value, Values};
