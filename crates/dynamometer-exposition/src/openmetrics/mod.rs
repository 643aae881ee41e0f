//! `OpenMetrics` text, version 1.0.
//!
//! Format: <https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md>

mod shape;
mod writer;

pub use writer::{CONTENT_TYPE, Created, render, render_in_pieces, to_string};
