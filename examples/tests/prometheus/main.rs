//! Debian's Prometheus reads what this library serves.
//!
//! `cargo xtask servers` fetches the programs; `cargo xtask test` does so itself.

mod demo;
mod formats;
mod server;
mod tls;
