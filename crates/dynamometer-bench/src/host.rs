//! Where the numbers come from: they mean little without it.

use std::fs;
use std::thread;

use serde::Serialize;

use crate::thp;

/// The machine a run was made on.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Host {
    pub(crate) processor: String,
    /// Threads that can run at the same time.
    pub(crate) cores: usize,
    pub(crate) kernel: String,
    /// Load average over the minute before the run; above zero the neighbours
    /// are measured too.
    pub(crate) load: String,
    /// The kernel's modes of transparent huge pages, the chosen one in brackets.
    pub(crate) huge_pages: String,
}

impl Host {
    /// Returns what is known of this machine; what is not known reads "unknown".
    pub(crate) fn here() -> Self {
        let first_word = |text: String| text.split_whitespace().next().map(str::to_owned);
        Self {
            processor: read("/proc/cpuinfo")
                .and_then(|text| model(&text))
                .unwrap_or_else(unknown),
            cores: cores(),
            kernel: read("/proc/sys/kernel/osrelease")
                .and_then(first_word)
                .unwrap_or_else(unknown),
            load: read("/proc/loadavg")
                .and_then(first_word)
                .unwrap_or_else(unknown),
            huge_pages: thp::mode(),
        }
    }
}

/// Returns how many threads can run at the same time.
pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn read(path: &str) -> Option<String> {
    fs::read_to_string(path).ok()
}

fn unknown() -> String {
    "unknown".to_owned()
}

fn model(cpuinfo: &str) -> Option<String> {
    let line = cpuinfo
        .lines()
        .find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
