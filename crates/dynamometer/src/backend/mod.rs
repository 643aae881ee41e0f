//! Backends: how a container's values leave the process.
//!
//! A feature only makes a backend available. Which one a program uses is said by
//! the builder, then by `DYN_METRICS_BACKEND`, then by what is built in. All of
//! them read the same cells, so switching changes no component.

#[cfg(any(feature = "libnv", feature = "prometheus"))]
mod is_container;
#[cfg(feature = "libnv")]
mod libnv;
#[cfg(feature = "prometheus")]
mod prometheus;
mod selection;

#[cfg(any(feature = "libnv", feature = "prometheus"))]
use is_container::is_container;
#[cfg(feature = "libnv")]
pub use libnv::LibnvContainer;
#[cfg(feature = "prometheus")]
pub use prometheus::PrometheusContainer;
pub use selection::Backend;
