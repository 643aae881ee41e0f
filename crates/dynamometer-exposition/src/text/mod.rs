//! Prometheus text, version 0.0.4.
//!
//! Format: <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>

mod writer;

pub use writer::{CONTENT_TYPE, render, render_in_pieces, to_string};
