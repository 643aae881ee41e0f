//! What a run found: rows, as a table and as JSON.

mod json;
mod progress;
mod row;
mod table;

pub(crate) use json::write as write_json;
pub(crate) use progress::{clear as clear_progress, progress};
pub(crate) use row::Row;
pub(crate) use table::{Look, render};
