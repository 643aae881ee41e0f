//! The cells of each metric kind: safe to record from any thread.

mod bounds;
mod counter;
mod float;
mod gauge;
mod handle;
mod histogram;
mod up_down;

pub use bounds::{Bounds, BoundsError};
pub use counter::CounterCell;
pub use float::FloatCell;
pub use gauge::GaugeCell;
pub use histogram::{HistogramCells, HistogramSums};
pub use up_down::UpDownCells;
