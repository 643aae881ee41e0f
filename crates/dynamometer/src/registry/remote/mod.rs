//! Families and series that are kept outside: in the C++ registry, with the feature
//! `libnv` and for a container that was made so.
//!
//! A container asks there before it makes a family or a series of its own, and looks
//! up by itself what it made. The outside is never called under the registry's lock:
//! it has locks of its own.

#[cfg(feature = "libnv")]
mod cxx;
#[cfg(not(feature = "libnv"))]
mod nowhere;
#[cfg(feature = "libnv")]
mod snapshot;

#[cfg(feature = "libnv")]
pub(crate) use cxx::{Grant, Remote, RemoteFamily};
#[cfg(not(feature = "libnv"))]
pub(crate) use nowhere::{Grant, Remote, RemoteFamily};
