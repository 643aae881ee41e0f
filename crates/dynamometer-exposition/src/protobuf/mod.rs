//! Prometheus protobuf: `io.prometheus.client.MetricFamily` messages, each after
//! its length.
//!
//! Format: <https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto>

mod encoder;
mod histogram;
mod series;
mod shape;
mod time;
mod wire;
mod writer;

pub use encoder::Encoder;
pub use writer::{CONTENT_TYPE, render};
