//! JSON, for scripts that want to read values without a parser of their own.
//!
//! ```
//! use dynamometer_exposition::{Desc, Family, Kind, LabelSet, Snapshot, Values, json};
//!
//! # use std::sync::Arc;
//! let labels = Arc::new(vec![LabelSet::new([("code", "200")])]);
//! let desc = Desc::new("requests_total", Kind::Counter);
//! let snapshot: Snapshot = [Family::new(desc, labels, Values::Unsigned(vec![7]))].into();
//! assert_eq!(
//!     json::to_string(&snapshot),
//!     concat!(
//!         r#"{"families":[{"name":"requests_total","type":"counter","#,
//!         r#""series":[{"labels":{"code":"200"},"value":7}]}]}"#,
//!         "\n"
//!     )
//! );
//! ```
//!
//! A distribution has `count` and `sum`, and either `buckets`, cumulative with
//! upper bounds `le`; or `schema`, `zero_threshold`, `zero_count`, `negative` and
//! `positive`, whose `counts` are not cumulative and begin with the bucket of index
//! `first`; or `quantiles`. `created` and `timestamp` are in seconds since the Unix
//! epoch. Numbers that JSON does not have are the texts `"NaN"`, `"+Inf"` and
//! `"-Inf"`.

mod writer;

pub use writer::{CONTENT_TYPE, render, render_in_pieces, to_string};
