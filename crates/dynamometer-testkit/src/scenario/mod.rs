//! Scenarios: read from their files, and checked before one of them runs.

mod create;
mod expectation;
mod family;
mod file;
mod number;
mod requirement;
mod set;
mod step;
mod word;

pub use create::MetricKind;
pub use set::{LoadError, SCENARIOS, ScenarioSet};

pub(crate) use create::Create;
pub(crate) use expectation::{
    CountedShape, Expectation, ExponentialShape, FamilyShape, HistogramShape, SeriesName,
    SeriesShape,
};
pub(crate) use family::{LookUp, Remove};
pub(crate) use file::Scenario;
pub(crate) use number::Number;
pub(crate) use set::{VECTORS, read};
pub(crate) use step::{Action, OnThreads, Record, Scope, Step};
