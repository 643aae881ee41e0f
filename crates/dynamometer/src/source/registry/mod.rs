//! The registry of the crate `prometheus`: as a source, and as a page for ours.

mod gather;
mod number;

