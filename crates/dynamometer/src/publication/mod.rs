//! The container of a process's first component is where its C++ metrics go.

#[cfg(feature = "libnv")]
mod libnv;
#[cfg(not(feature = "libnv"))]
mod nowhere;

#[cfg(feature = "libnv")]
pub(crate) use libnv::{container_of, publish_first};
#[cfg(not(feature = "libnv"))]
pub(crate) use nowhere::{container_of, publish_first};
