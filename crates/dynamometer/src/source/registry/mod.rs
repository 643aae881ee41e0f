//! The registry of the crate `prometheus`: as a source, and as a page for ours.

mod collector;
mod expose;
mod gather;
mod number;

pub use collector::PrometheusCollector;
