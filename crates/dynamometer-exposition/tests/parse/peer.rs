//! `prometheus_client`'s parsers, in a process of their own.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::Deserialize;
use serde_json::json;

/// A Python process that reads a page a line.
#[derive(Debug)]
pub(crate) struct Peer {
    child: Child,
    pages: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// What the other parser says of a page.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    /// It takes it.
    Page {
        /// Every sample, of a series that comes again the last.
        samples: Vec<Sample>,
        /// Whether a series comes again.
        again: bool,
    },
    /// It refuses it.
    Refused {
        /// Why.
        error: String,
    },
}

/// A sample: name, labels, value, timestamp, exemplar; numbers as text.
pub(crate) type Sample = (
    String,
    Vec<(String, String)>,
    String,
    Option<String>,
    Option<Exemplar>,
);

/// An exemplar: labels, value, timestamp; numbers as text.
pub(crate) type Exemplar = (Vec<(String, String)>, String, Option<String>);

impl Peer {
    /// Starts Python with the package that `cargo xtask python` fetched.
    pub(crate) fn start() -> Self {
        let fetched = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/python/root");
        let folder = std::env::var_os("DYN_TEST_PYTHON").map_or(fetched.into(), PathBuf::from);
        assert!(
            folder.join("prometheus_client").exists(),
            "{} has no prometheus_client: run `cargo xtask python`",
            folder.display()
        );
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/parse/peer.py");
        let mut child = Command::new("python3")
            .arg(script)
            .env("PYTHONPATH", folder)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("PYTHONIOENCODING", "utf-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 starts");
        let pages = child.stdin.take();
        let answers = child.stdout.take().expect("its output is piped");
        Self {
            child,
            pages,
            answers: BufReader::new(answers),
        }
    }

    /// What it says of a page in this format.
    pub(crate) fn read(&mut self, format: &str, page: &str) -> Answer {
        let pages = self.pages.as_mut().expect("it is open until the drop");
        let case = json!({"format": format, "page": page});
        writeln!(pages, "{case}").expect("python3 reads on");
        let mut answer = String::new();
        self.answers
            .read_line(&mut answer)
            .expect("python3 writes on");
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer:?}"))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // The end of its input ends it.
        self.pages = None;
        let _ = self.child.wait();
    }
}
