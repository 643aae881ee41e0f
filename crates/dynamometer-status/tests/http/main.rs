//! The status server as its clients meet it.
#![allow(clippy::unwrap_used, reason = "a test says enough by its name")]

mod large;
mod limits;
mod metrics;
mod server;
mod shutdown;
mod support;
