//! Readers of the exposition formats.
//!
//! [`scan`] reads text line by line and allocates nothing; [`text`] and
//! [`joined_text`] put lines together to a [`Snapshot`](crate::Snapshot).

mod error;
mod family;
pub mod scan;
mod text;

pub use error::{ParseError, ParseErrorKind};
pub use text::{Ignored, Joined, joined_text, text};
