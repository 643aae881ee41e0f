//! Readers of the exposition formats.

mod error;
pub mod scan;

pub use error::{ParseError, ParseErrorKind};
