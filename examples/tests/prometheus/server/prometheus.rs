//! Debian's Prometheus, and promtool.

use std::fmt::Write as _;
use std::io::Write as _;
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::Duration;

use dynamometer_testkit::wait_until;
use serde_json::Value;
use tempfile::TempDir;

use super::process::{Process, program};

/// Times a port is tried: another process may take it before Prometheus does.
const TRIES: usize = 5;

/// A running Prometheus that scrapes each target every 200 ms.
pub(crate) struct Prometheus {
    _process: Process,
    _data: TempDir,
    address: String,
}

impl Prometheus {
    /// Starts Prometheus and waits until it is ready.
    pub(crate) fn start(targets: &[(&str, &str)]) -> Self {
        let job = |(name, address): &(&str, &str)| {
            format!("- {{job_name: {name}, static_configs: [{{targets: ['{address}']}}]}}\n")
        };
        Self::start_with(&targets.iter().map(job).collect::<String>(), &[])
    }

    /// Starts Prometheus with jobs, as its configuration lists them, and arguments.
    pub(crate) fn start_with(jobs: &str, arguments: &[&str]) -> Self {
        let tried = (0..TRIES).find_map(|_| Self::try_start(jobs, arguments));
        tried.expect("Prometheus starts on one of five free ports")
    }

    fn try_start(jobs: &str, arguments: &[&str]) -> Option<Self> {
        let data = TempDir::new().expect("a temporary folder");
        let config = data.path().join("prometheus.yml");
        std::fs::write(&config, configuration(jobs)).expect("the folder is writable");
        let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let address = address.expect("a free port").to_string();
        let log = std::fs::File::create(data.path().join("log")).expect("the folder is writable");
        let mut process = Process::start(
            Command::new(program("prometheus"))
                .arg(format!("--config.file={}", config.display()))
                .arg(format!(
                    "--storage.tsdb.path={}",
                    data.path().join("data").display()
                ))
                .arg(format!("--web.listen-address={address}"))
                .args(arguments)
                .stdout(Stdio::null())
                .stderr(log),
        );
        let is_ready = || {
            ureq::get(format!("http://{address}/-/ready"))
                .call()
                .is_ok()
        };
        let came_up = wait_until(Duration::from_mins(1), || process.has_ended() || is_ready());
        (came_up && !process.has_ended()).then(|| Self {
            _process: process,
            _data: data,
            address: address.clone(),
        })
    }

    /// Calls the HTTP API.
    pub(crate) fn get(&self, path: &str) -> Value {
        let url = format!("http://{}{path}", self.address);
        let answer = ureq::get(&url)
            .call()
            .unwrap_or_else(|error| panic!("{url}: {error}"));
        let text = answer.into_body().read_to_string().expect("text");
        serde_json::from_str(&text).expect("JSON")
    }

    /// The value of a query that has one result, or `None` where it has none.
    pub(crate) fn query(&self, query: &str) -> Option<f64> {
        let result = self.query_all(query);
        result.first()?["value"][1].as_str()?.parse().ok()
    }

    /// All results of a query.
    pub(crate) fn query_all(&self, query: &str) -> Vec<Value> {
        let mut encoded = String::new();
        for byte in query.bytes() {
            write!(encoded, "%{byte:02x}").expect("a string takes all");
        }
        let mut answer = self.get(&format!("/api/v1/query?query={encoded}"));
        match answer["data"]["result"].take() {
            Value::Array(results) => results,
            _ => Vec::new(),
        }
    }
}

fn configuration(jobs: &str) -> String {
    format!(
        "global: {{scrape_interval: 200ms, scrape_timeout: 200ms}}\n\
         scrape_configs:\n{jobs}"
    )
}

/// Runs promtool with `input`; returns whether it succeeded, and what it said.
pub(crate) fn promtool(arguments: &[&str], input: &str) -> (bool, String) {
    let mut command = Command::new(program("promtool"));
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("promtool runs");
    child
        .stdin
        .take()
        .expect("piped")
        .write_all(input.as_bytes())
        .expect("promtool reads");
    let output = child.wait_with_output().expect("promtool ends");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}
