//! Pages of Prometheus text, version 0.0.4.

mod ignored;
mod page;
mod read;

pub use ignored::Ignored;
pub use read::{Joined, joined_text, text};
