//! Pages of Prometheus' protobuf format, read without a generated parser.

mod classic;
mod exponential;
mod fault;
mod metric;
mod part;
mod read;
mod series;
mod wire;

pub use read::protobuf;
