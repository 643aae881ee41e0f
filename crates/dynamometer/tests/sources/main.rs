//! Metrics of other libraries on a container's page, and what they must not break.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod attach;
mod clash;
mod fault;
mod logged;
mod nesting;
mod page;
mod sharing;
mod text;
