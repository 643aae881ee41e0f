//! What must hold for any bytes at all, one function for each target.
//!
//! The programs hand bytes from libFuzzer to these; `cargo xtask fuzz` runs them.

#![forbid(unsafe_code)]

mod known;
mod multiprocess;
mod round_trip;
mod seed;

pub use known::known;
pub use multiprocess::multiprocess;
pub use round_trip::{joined_text, openmetrics, protobuf, text};
pub use seed::seeds;
