//! The objects that Python records through.

mod counter;
mod described;
mod exception_count;
mod exemplar;
mod exponential_histogram;
mod float_counter;
mod gauge;
mod guard;
mod histogram;
mod in_flight;
mod info;
mod many;
mod state_set;
mod timer;
mod up_down_counter;
mod value;

pub(crate) use counter::PyCounter;
pub(crate) use described::Described;
pub(crate) use exception_count::PyExceptionCount;
pub(crate) use exponential_histogram::PyExponentialHistogram;
pub(crate) use float_counter::PyFloatCounter;
pub(crate) use gauge::PyGauge;
pub(crate) use histogram::PyHistogram;
pub(crate) use in_flight::PyInFlight;
pub(crate) use info::PyInfo;
pub(crate) use state_set::PyStateSet;
pub(crate) use timer::PyTimer;
pub(crate) use up_down_counter::PyUpDownCounter;
pub(crate) use value::{exponential, histogram};
