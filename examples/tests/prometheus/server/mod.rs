//! Real programs, started for one test and stopped with it.

mod demo;
mod process;
mod prometheus;

pub(crate) use demo::Demo;
pub(crate) use prometheus::{Prometheus, promtool};
