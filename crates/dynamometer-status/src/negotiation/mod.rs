//! What a client accepts, by RFC 9110, section 12.5.
//!
//! Everything here takes any text and fails on none: what can not be read is
//! passed over.

mod element;
mod encoding;
mod media;

pub(crate) use encoding::accepts_gzip;
pub(crate) use media::Representation;

#[cfg(test)]
mod tests;
