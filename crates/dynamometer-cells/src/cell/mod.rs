//! The cells of each metric kind: safe to record from any thread.

mod bounds;
mod buckets;
mod counter;
mod exponential;
mod exponents;
mod float;
mod gauge;
mod handle;
mod histogram;
mod powers;
mod up_down;

pub use bounds::{Bounds, BoundsError, BoundsTable};
pub use buckets::Buckets;
pub use counter::CounterCell;
pub use exponential::{ExponentialError, ExponentialLayout};
pub use exponents::{ExponentialBuckets, ExponentialTable};
pub use float::FloatCell;
pub use gauge::GaugeCell;
pub use histogram::{ExponentialCells, HistogramCells, HistogramSums};
pub use up_down::UpDownCells;
