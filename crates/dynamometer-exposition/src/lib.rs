//! The data model of a metrics snapshot, and the formats it is written in.
//!
//! A [`Snapshot`] holds the summed values of a container at one instant, family
//! by family. Every encoder and exporter reads one; nothing here does any I/O.
//!
//! ```
//! use dynamometer_exposition::{Desc, Family, Kind, LabelSet, Snapshot, Values, text};
//!
//! # use std::sync::Arc;
//! let desc = Desc::new("requests_total", Kind::Counter).help("Requests handled.");
//! let labels = Arc::new(vec![LabelSet::new([("code", "200")])]);
//! let snapshot: Snapshot = [Family::new(desc, labels, Values::Unsigned(vec![7]))].into();
//!
//! let page = text::to_string(&snapshot);
//! assert!(page.ends_with("TYPE requests_total counter\nrequests_total{code=\"200\"} 7\n"));
//! ```

#![forbid(unsafe_code)]

mod format;
pub mod json;
mod lines;
mod model;
mod number;
pub mod openmetrics;
mod page;
pub mod parse;
pub mod protobuf;
pub mod text;

pub use format::Format;
pub use model::{
    Conflict, Desc, Exemplar, ExponentialBucket, ExponentialCounts, ExponentialValue, Family,
    HistogramValue, Invalid, Kind, LabelColumn, LabelSet, Sample, SeriesLabels, Snapshot,
    SummaryValue, Unit, Value, Values,
};
