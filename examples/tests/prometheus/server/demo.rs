//! The demo, making a number of requests and serving its page after them.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::process::Process;

/// A running demo.
pub(crate) struct Demo {
    _process: Process,
    /// Host and port of its status server.
    pub address: String,
}

impl Demo {
    /// Starts the demo and waits until it serves.
    pub(crate) fn start(requests: u64) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demo"));
        command
            .args(["--requests", &requests.to_string()])
            .stdout(Stdio::piped());
        let mut process = Process::start(&mut command);
        let stdout = process.0.stdout.take().expect("piped above");
        let mut line = String::new();
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("the demo prints its address");
        let url = line
            .trim()
            .strip_prefix("metrics at http://")
            .expect("the address comes first");
        let address = url.trim_end_matches("/metrics").to_owned();
        Self {
            _process: process,
            address,
        }
    }
}
