//! Readers of the exposition formats.
//!
//! [`scan`] reads text line by line and allocates nothing; [`text`], [`joined_text`]
//! and [`openmetrics`] put lines together to a [`Snapshot`](crate::Snapshot).
//! [`protobuf`] reads messages into one.

mod error;
mod family;
mod openmetrics;
mod protobuf;
pub mod scan;
mod text;

pub use error::{ParseError, ParseErrorKind};
pub use openmetrics::openmetrics;
pub use protobuf::protobuf;
pub use text::{Ignored, Joined, joined_text, text};
