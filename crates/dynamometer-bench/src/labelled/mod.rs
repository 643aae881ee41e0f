//! One library per file: its families, whose series are looked up by labels.
//!
//! Every library looks up the same keys, in the form that a user of it would
//! write in a request handler. Where it wants strings of its own, a form that
//! allocates them enters beside the one with `&'static str`, which only those
//! have who know all values beforehand.

pub(crate) mod dynamometer;
pub(crate) mod floor;
pub(crate) mod measured;
pub(crate) mod metrics;
pub(crate) mod opentelemetry;
pub(crate) mod prometheus;
pub(crate) mod prometheus_client;

/// The text of a library that holds the series it was told to create.
pub(crate) type Held = Box<dyn Fn() -> String>;
