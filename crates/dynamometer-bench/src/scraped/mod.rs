//! The status server over loopback, and who scrapes it.

mod ask;
mod client;
mod floor;

pub(crate) use ask::Ask;
pub(crate) use floor::serve as serve_finished;
