//! TLS, users, tokens and rate limits, as the web config says.
#![allow(clippy::unwrap_used, reason = "a test says enough by its name")]

mod authority;
mod client;
mod credentials;
mod folder;
mod refusal;
mod reload;
mod tls;
