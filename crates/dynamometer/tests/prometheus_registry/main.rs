//! The registry of the crate `prometheus`, as a source and as a page.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod both;
mod expose;
mod gather;
mod given;
