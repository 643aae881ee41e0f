//! One library per file: how its series are written as a page.
//!
//! Each does what its user does for a scrape, from the registry to the finished
//! page, over the page before where it can write into one. Everyone holds the
//! same series, in which the same threads recorded the same amounts.

mod content;
pub(crate) mod dynamometer;
pub(crate) mod floor;
mod load;
pub(crate) mod measured;
pub(crate) mod metrics;
pub(crate) mod prometheus;
pub(crate) mod prometheus_client;
mod writing;

pub(crate) use content::Content;
pub(crate) use load::{Key, Load};
pub(crate) use writing::{Format, Write, written};

/// The name of the counters, as all pages have it.
pub(crate) const COUNTERS: &str = "bench_requests_total";

/// The name of the histograms.
pub(crate) const HISTOGRAMS: &str = "bench_latency_seconds";

/// Why writing to memory does not fail.
const MEMORY: &str = "memory takes all that is written";
