//! What user code records through.

mod counter;
mod distribution;
mod exemplar;
mod float_counter;
mod gauge;
mod histogram;
mod in_flight;
mod info;
mod kind;
mod local;
mod state_set;
mod timer;
mod up_down_counter;

pub use counter::Counter;
pub use distribution::Distribution;
pub use float_counter::FloatCounter;
pub use gauge::Gauge;
pub use histogram::{ExponentialHistogram, Histogram};
pub use in_flight::InFlight;
pub use info::Info;
pub use kind::Handle;
pub(crate) use kind::{Context, detached, detached_series};
pub use local::LocalHistogram;
pub use state_set::StateSet;
pub use timer::Timer;
pub use up_down_counter::UpDownCounter;
