//! Reads what the processes of `prometheus_client` share by files, without Python.
//!
//! In multiprocess mode each process of that library keeps its values in files of
//! one folder, `PROMETHEUS_MULTIPROC_DIR`. A [`Directory`] puts the files of all
//! processes together by the rules of its `MultiProcessCollector`.
//!
//! <https://prometheus.github.io/client_python/multiprocess/>

#![forbid(unsafe_code)]

mod directory;
mod entries;
mod fault;
mod file_name;
mod left_out;
mod merge;
mod mode;
mod series;

pub use directory::{Directory, Reading, Skipped};
pub use fault::Fault;
pub use left_out::{LeftOut, Reason};
pub use merge::Merge;
