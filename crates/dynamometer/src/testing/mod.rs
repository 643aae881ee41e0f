//! Containers for tests and for programs that want no metrics.

mod noop;
mod recording;

pub use noop::NoopContainer;
pub use recording::{Event, RecordingContainer};
