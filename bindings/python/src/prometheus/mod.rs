//! What `dynamometer.prometheus` records into, and how its pages are written.

#![expect(
    clippy::inline_always,
    reason = "a record that is not inlined costs twice as much"
)]

mod buckets;
mod cells;
mod fast;
mod labels;
mod metric;
mod number;
mod page;
mod value;

pub(crate) use self::buckets::Buckets;
pub(crate) use self::fast::attach;
pub(crate) use self::metric::Metric;
pub(crate) use self::page::Page;
pub(crate) use self::value::Value;
