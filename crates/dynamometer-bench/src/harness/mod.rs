//! The measuring: one loop for everyone, timed threads, interleaved rounds.

mod contest;
mod crowd;
mod entrant;
mod heap;
mod measured;
mod plan;
mod race;
mod shape;
mod span;
mod statistic;
mod timing;
mod turns;

pub(crate) use contest::Contest;
pub(crate) use crowd::Crowd;
pub(crate) use entrant::{Entrant, Role};
pub(crate) use plan::{Named, Plan};
pub(crate) use race::{Pass, Race, Racer};
pub(crate) use shape::{Loop, in_turn, over_keys, over_numbers, over_table, repeat, repeat_value};
pub(crate) use span::Span;
pub(crate) use statistic::Summary;
pub(crate) use turns::in_turns;
