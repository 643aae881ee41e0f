//! One library per file: how it is set up, what it records, how it is read.
//!
//! Each function returns entrants of one kind; the lists are in `case/`. A
//! library that has several types for a kind enters with each that a user would
//! consider. What a peer lacks, it does not enter.

pub(crate) mod dynamometer;
pub(crate) mod map;
pub(crate) mod measured;
pub(crate) mod metrics;
pub(crate) mod metriken;
pub(crate) mod opentelemetry;
pub(crate) mod prometheus;
pub(crate) mod prometheus_client;
mod text;

pub(crate) use prometheus_client::written;
pub(crate) use text::total;

/// Labels of the forms that look attributes up on every record.
const ATTRIBUTES: [(&str, &str); 2] = [("method", "GET"), ("route", "/api/v1")];

/// The value that gauges are set to.
const LEVEL: f64 = 42.5;

/// The value that gauges are raised by; a multiple of a half, so sums are exact.
const STEP: f64 = 0.5;

/// The value that float counters are raised by.
const FLOAT_STEP: f64 = 1.5;
