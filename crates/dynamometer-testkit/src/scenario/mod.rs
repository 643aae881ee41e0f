//! Scenarios: read from their files, and checked before one of them runs.

mod expectation;
mod file;
mod number;
mod requirement;
mod set;
mod step;
mod word;

pub use set::{LoadError, SCENARIOS, ScenarioSet};
pub use step::MetricKind;

pub(crate) use expectation::{
    CountedShape, Expectation, FamilyShape, HistogramShape, SeriesName, SeriesShape,
};
pub(crate) use file::Scenario;
pub(crate) use number::Number;
pub(crate) use set::{VECTORS, read};
pub(crate) use step::{Action, Create, OnThreads, Record, Scope, Step};
