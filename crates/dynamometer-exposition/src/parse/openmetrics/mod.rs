//! Pages of `OpenMetrics` text, version 1.0.

mod check;
mod exemplar;
mod open;
mod page;
mod read;

pub use read::openmetrics;
