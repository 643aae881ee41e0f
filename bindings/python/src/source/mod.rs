//! Metrics that other Python code keeps, on a container's page.

mod attached;
mod filter;
mod interpreter;
mod multiprocess;
mod options;
mod registry;
mod told;

pub(crate) use attached::PyAttachedSource;
pub(crate) use multiprocess::attach_multiprocess;
pub(crate) use registry::attach_prometheus_client;
