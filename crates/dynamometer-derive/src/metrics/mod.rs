//! `#[derive(Metrics)]`.

mod attributes;
mod buckets;
mod check;
mod expand;
mod field;
mod help;
mod list;
mod metric;
mod mode;
mod states;

pub(crate) use expand::expand;
