//! Lines of exposition text, as both text formats have them.

mod apart;
mod bound;
mod exemplar;
mod family;
mod header;
mod size;

pub(crate) use apart::write_apart;
pub(crate) use exemplar::take_up_to;
pub(crate) use family::{Lines, Style, Suffixes};
pub(crate) use header::write_header;
pub(crate) use size::page_size;
