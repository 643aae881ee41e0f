//! TLS, passwords, tokens and rate limits, as Prometheus' exporters have them.
//!
//! The file is the one of
//! [exporter-toolkit](https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md),
//! with `bearer_token` and `bearer_token_file` added.

mod client;
mod credentials;
mod document;
mod duration;
mod fault;
mod guard;
mod policy;
mod rate;
mod stamp;
mod tls;
mod token;
mod users;

pub(crate) use guard::Guard;
