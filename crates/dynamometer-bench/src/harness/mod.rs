//! The measuring: one loop for everyone, timed threads, interleaved rounds.

mod contest;
mod entrant;
mod shape;
mod statistic;
mod timing;

pub(crate) use contest::{Contest, Plan};
pub(crate) use entrant::{Entrant, Role};
pub(crate) use shape::{Loop, in_turn, over_keys, over_numbers, over_table, repeat, repeat_value};
pub(crate) use statistic::Summary;
