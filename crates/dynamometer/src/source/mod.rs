//! Metrics of other libraries on a container's page.

mod all;
mod attached;
mod builder;
mod contract;
mod error;
mod journal;
mod name;
mod nesting;
mod read;
mod reading;
#[cfg(feature = "prometheus-registry")]
mod registry;
mod text;

pub(crate) use all::Sources;
pub(crate) use attached::Attached;

pub use builder::{OwnedSource, SourceBuilder};
pub use contract::Source;
pub use error::{SourceError, SourceErrorKind};
pub use reading::Reading;
#[cfg(feature = "prometheus-registry")]
pub use registry::PrometheusCollector;
pub use text::OpenMetrics;
