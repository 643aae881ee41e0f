//! The component in Python, in a process of its own, on the same page.

use std::io::{BufRead, BufReader, Error};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};

use crate::component::Component;

/// The program, which prints the address of its page and ends with its input.
const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/demo/tokenizer.py");

/// Its own families; those of the library are on our page already.
const FAMILIES: [&str; 4] = [
    "demo_tokenizer_requests_total",
    "demo_tokenizer_tokens_total",
    "demo_tokenizer_text_bytes",
    "demo_tokenizer_inflight_requests",
];

/// How long a scrape waits for its page.
const PATIENCE: Duration = Duration::from_secs(1);

/// The component, as long as it runs.
pub(crate) struct Tokenizer {
    child: Child,
}

impl Tokenizer {
    /// Starts it with a Python that has dynamometer, and puts its metrics on the page.
    ///
    /// It handles a number of requests at once, or else goes on.
    pub(crate) fn start(
        python: &Path,
        requests: Option<u64>,
        component: &Component,
    ) -> anyhow::Result<Self> {
        let mut command = Command::new(python);
        command.arg(PROGRAM);
        command.args(requests.map(|requests| requests.to_string()));
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", python.display()))?;
        let out = child.stdout.take().context("it has no output")?;
        let tokenizer = Self { child };
        let mut url = String::new();
        BufReader::new(out).read_line(&mut url)?;
        let url = url.trim();
        ensure!(!url.is_empty(), "{PROGRAM} ended before it served a page");
        let query = FAMILIES.map(|family| format!("name[]={family}")).join("&");
        let url = format!("{url}?{query}");
        let container = component.base.native();
        let page = container.source("tokenizer", move || read(&url));
        page.timeout(PATIENCE).try_attach()?;
        Ok(tokenizer)
    }
}

impl Drop for Tokenizer {
    fn drop(&mut self) {
        // The end of its input ends it.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn read(url: &str) -> Result<String, Error> {
    let answer = ureq::get(url).call().map_err(Error::other)?;
    answer.into_body().read_to_string().map_err(Error::other)
}
