//! The cells of each metric kind: safe to record from any thread.

mod bounds;
mod counter;
mod exponential;
mod exponents;
mod float;
mod gauge;
mod handle;
mod histogram;
mod powers;
mod up_down;

pub use bounds::{Bounds, BoundsError};
pub use counter::CounterCell;
pub use exponential::{ExponentialError, ExponentialLayout};
pub use exponents::ExponentialBuckets;
pub use float::FloatCell;
pub use gauge::GaugeCell;
pub use histogram::{HistogramCells, HistogramSums};
pub use up_down::UpDownCells;
