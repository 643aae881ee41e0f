//! Metrics that are measured when somebody looks.

#[cfg(not(target_os = "linux"))]
#[path = "elsewhere.rs"]
mod kernel;
#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod kernel;

#[cfg(feature = "tokio")]
mod added;
mod all;
mod bring;
mod contract;
mod process;
mod reading;
#[cfg(feature = "tokio")]
mod tokio;

pub(crate) use all::Collectors;
pub(crate) use kernel::process_start_time;

pub use contract::Collector;
pub use process::ProcessCollector;
#[cfg(feature = "tokio")]
pub use tokio::TokioCollector;
