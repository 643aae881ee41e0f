//! The conformance kit: what every metric container must do, as data.
//!
//! Scenarios are JSON files in `tests/conformance`; runners in Rust, C++ and
//! Python execute the same ones. This crate is the Rust runner. Whoever writes a
//! container of their own runs it against them:
//!
//! ```
//! use std::sync::Arc;
//!
//! use dynamometer::{Container, RecordingContainer};
//! use dynamometer_testkit::{Capability, Factory, SCENARIOS, ScenarioSet, Subject, run};
//!
//! let scenarios = ScenarioSet::load(SCENARIOS)?;
//! let factory = Factory::new("recording", &[Capability::WholePage], |prefix| {
//!     Subject::new(Arc::new(RecordingContainer::new(prefix)))
//! });
//! run(&factory, &scenarios).assert_passed();
//! # Ok::<(), dynamometer_testkit::LoadError>(())
//! ```
//!
//! Everything here is `Send + Sync` and safe to call from any thread unless it
//! says otherwise.

#![forbid(unsafe_code)]

mod capability;
mod declaration;
mod eventually;
mod factory;
mod family;
mod handle;
mod native;
mod report;
mod runner;
mod scenario;
mod subject;
mod vectors;

pub use capability::Capability;
pub use declaration::Declaration;
pub use eventually::wait_until;
pub use factory::{ContainerFactory, Factory};
pub use family::FamilyHandle;
pub use handle::{
    ExponentialHandle, FloatCounterHandle, Handle, StateSetHandle, UpDownCounterHandle,
};
pub use report::{Failure, Outcome, Report, ScenarioReport};
pub use runner::run;
pub use scenario::{LoadError, MetricKind, SCENARIOS, ScenarioSet};
pub use subject::{Extended, Subject};
pub use vectors::{Expected, Sanitiser, Vector, load_vectors};
