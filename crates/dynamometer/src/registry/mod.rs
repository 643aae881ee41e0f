//! Families and their series: what exists, under which name.

mod cells;
mod families;
mod family;
mod labels;
mod name;
mod request;

pub(crate) use cells::{Cells, Instrument};
pub(crate) use families::Registry;
pub(crate) use labels::check_labels;
pub(crate) use name::{Name, Prefix};
pub(crate) use request::Request;
