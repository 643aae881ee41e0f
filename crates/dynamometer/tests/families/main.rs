//! Families: what look-ups find, what the page shows, and what removal leaves.
//!
//! Self-metrics are of the whole process. What a test asserts of them exactly is
//! either of a family with a name of its own, or caused by that test alone.

mod page;

mod aliases;
mod cardinality;
mod collectors;
mod expiry;
mod key;
mod lookup;
mod model;
mod ownership;
mod refusal;
mod removal;
mod totals;
