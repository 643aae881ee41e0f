//! Children: this program again, for what needs a process of its own.

use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;

use crate::case::{idle, memory, series_memory};

/// What a child does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// Start threads that record nothing.
    MemoryControl,
    /// Start threads that record.
    MemoryRecord,
    /// Create series of this library.
    SeriesDynamometer,
    /// Create series of prometheus.
    SeriesPrometheus,
    /// Create series of prometheus-client.
    SeriesPrometheusClient,
    /// Create series of measured.
    SeriesMeasured,
    /// Create series of metrics.
    SeriesMetrics,
    /// Serve and wait.
    Idle,
}

impl Role {
    fn name(self) -> &'static str {
        match self {
            Self::MemoryControl => "memory-control",
            Self::MemoryRecord => "memory-record",
            Self::SeriesDynamometer => "series-dynamometer",
            Self::SeriesPrometheus => "series-prometheus",
            Self::SeriesPrometheusClient => "series-prometheus-client",
            Self::SeriesMeasured => "series-measured",
            Self::SeriesMetrics => "series-metrics",
            Self::Idle => "idle",
        }
    }
}

/// Does what the role says, in the child.
///
/// # Errors
///
/// When it fails; the parent sees the exit code.
pub(crate) fn act(role: Role) -> Result<()> {
    match role {
        Role::MemoryControl => say(&memory::child(false)?),
        Role::MemoryRecord => say(&memory::child(true)?),
        Role::SeriesDynamometer
        | Role::SeriesPrometheus
        | Role::SeriesPrometheusClient
        | Role::SeriesMeasured
        | Role::SeriesMetrics => say(&series_memory::child(role)?),
        Role::Idle => idle::child(),
    }
}

/// Starts a child whose input and output are pipes.
///
/// # Errors
///
/// When this program cannot be started again.
pub(crate) fn start(role: Role) -> Result<Child> {
    let program = std::env::current_exe().context("cannot find this program's file")?;
    Command::new(program)
        .args(["--child", role.name()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start the child {}", role.name()))
}

/// Runs a child to its end and returns what it printed.
///
/// # Errors
///
/// When it cannot start or fails.
pub(crate) fn output(role: Role) -> Result<String> {
    let output = start(role)?.wait_with_output()?;
    if !output.status.success() {
        bail!("the child {} ended with {}", role.name(), output.status);
    }
    String::from_utf8(output.stdout).context("a child's output is not text")
}

fn say(text: &str) -> Result<()> {
    use std::io::Write as _;
    writeln!(std::io::stdout(), "{text}").context("cannot answer the parent")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_command_line() {
        for role in Role::value_variants() {
            let value = role.to_possible_value().expect("no role is skipped");
            assert_eq!(value.get_name(), role.name());
        }
    }
}
