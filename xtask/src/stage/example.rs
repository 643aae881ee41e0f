//! The stage that runs every example.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use cargo_metadata::{Message, TargetKind};

use super::{Run, check};
use crate::{console, process};

/// The crate whose every program is an example.
const PACKAGE: &str = "dynamometer-examples";

/// An example that runs once takes moments; one that hangs must not hang us.
const LIMIT: Duration = Duration::from_mins(2);

/// How much of a failing example's output is shown.
const TAIL: usize = 30;

/// Builds every example and runs each with `--once`.
pub(super) fn check(run: &Run) -> Result<()> {
    let programs = build(run)?;
    if programs.is_empty() {
        bail!("package {PACKAGE} has no programs, so there is no example to run");
    }
    let logs = run
        .members
        .target_directory
        .join("examples-run")
        .into_std_path_buf();
    fs::create_dir_all(&logs).with_context(|| format!("cannot create {}", logs.display()))?;
    let mut failed = Vec::new();
    for (name, program) in &programs {
        let log = logs.join(format!("{name}.log"));
        let mut command = Command::new(program);
        command.arg("--once").current_dir(run.workspace.root());
        check::inform(&mut command, run);
        if let Err(error) = process::run_limited(&mut command, &log, LIMIT) {
            console::error(&format!("{error:#}\n{}", tail(&log)));
            failed.push(name.as_str());
        }
    }
    console::note(format_args!(
        "{} examples ran, their output is in {}",
        programs.len(),
        logs.display()
    ));
    if failed.is_empty() {
        Ok(())
    } else {
        bail!("examples failed: {}", failed.join(", "))
    }
}

/// Builds the examples and returns their names and programs.
fn build(run: &Run) -> Result<Vec<(String, PathBuf)>> {
    let args = [
        "build",
        "--package",
        PACKAGE,
        "--bins",
        "--message-format",
        "json-render-diagnostics",
    ];
    let messages = process::output(&mut check::cargo(run, &args))?;
    let mut programs = Vec::new();
    for message in Message::parse_stream(messages.as_bytes()) {
        let Message::CompilerArtifact(artifact) = message? else {
            continue;
        };
        if artifact.target.kind.contains(&TargetKind::Bin)
            && let Some(program) = artifact.executable
        {
            programs.push((artifact.target.name, program.into_std_path_buf()));
        }
    }
    programs.sort();
    Ok(programs)
}

fn tail(log: &Path) -> String {
    let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(TAIL)..].join("\n")
}
