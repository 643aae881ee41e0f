//! `#[derive(Metrics)]`.

mod attributes;
mod buckets;
mod check;
mod expand;
mod field;
mod help;
mod metric;
mod mode;

pub(crate) use expand::expand;
