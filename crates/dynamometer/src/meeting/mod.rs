//! Whose cells this program records to: those of its process, where it meets others.

#[cfg(feature = "libnv")]
mod libnv;
#[cfg(not(feature = "libnv"))]
mod nowhere;

#[cfg(feature = "libnv")]
pub(crate) use libnv::prepare;
#[cfg(not(feature = "libnv"))]
pub(crate) use nowhere::prepare;
