//! The demo's command line.

use std::num::ParseIntError;
use std::path::PathBuf;

use clap::Parser;

/// Where the demo serves: it is for the person at this machine.
const LOOPBACK: &str = "127.0.0.1";

/// Run a small component under live traffic and show its metrics.
#[derive(Debug, Parser)]
#[command(
    name = "demo",
    after_help = "Examples:\n  \
        cargo xtask demo                      live table, until Ctrl-C\n  \
        cargo xtask demo --once               print the exposition and exit 0 or 1\n  \
        cargo xtask demo --requests 1000      make 1000 requests, then only serve\n  \
        cargo xtask demo --no-python          the component in Rust alone\n  \
        cargo xtask demo --port 9400          serve /metrics on port 9400\n  \
        curl http://127.0.0.1:9400/metrics    what a scraper sees"
)]
pub(crate) struct Args {
    /// Make some traffic, print the page as it is served, check it, and exit.
    #[arg(long)]
    pub(crate) once: bool,

    /// Threads that make requests.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: u16,

    /// Requests to make in all, then only serve [default: without end; 1000 with --once].
    #[arg(long)]
    pub(crate) requests: Option<u64>,

    /// Stop after so many seconds [default: until Ctrl-C].
    #[arg(long)]
    pub(crate) seconds: Option<u64>,

    /// Python with dynamometer in it, for a component in Python beside the one in
    /// Rust; `cargo xtask demo` makes one.
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) python: Option<PathBuf>,

    /// Do without the component in Python.
    #[arg(long, conflicts_with = "python")]
    pub(crate) no_python: bool,

    /// Host to serve /metrics on.
    #[arg(long, env = "DYN_SYSTEM_HOST", default_value = LOOPBACK, value_parser = host)]
    pub(crate) host: String,

    /// Port to serve /metrics on, 0 for any free one.
    #[arg(long, env = "DYN_SYSTEM_PORT", default_value_t = 0, value_parser = port)]
    pub(crate) port: u16,
}

/// A host; an empty variable means the default, as it does to the status server.
#[expect(clippy::unnecessary_wraps, reason = "clap asks for a result")]
fn host(text: &str) -> Result<String, std::convert::Infallible> {
    let text = text.trim();
    Ok(if text.is_empty() { LOOPBACK } else { text }.to_owned())
}

/// A port; an empty variable means any free one.
fn port(text: &str) -> Result<u16, ParseIntError> {
    let text = text.trim();
    if text.is_empty() { Ok(0) } else { text.parse() }
}
