//! The stages that are calls of cargo.

use std::process::Command;

use anyhow::Result;
use cargo_metadata::TargetKind;

use super::{Outcome, Run};
use crate::{env, process};

/// The benches' crate: it compiles seven other metrics libraries.
const BENCHES: &str = "dynamometer-bench";

/// The fuzzed programs' crate: its one feature compiles libFuzzer.
const FUZZ: &str = "dynamometer-fuzz";

const WARNINGS_ARE_ERRORS: &str = "-D warnings";

/// Tests of the facade that run again with a feature for them alone.
const AGAIN: [&str; 7] = [
    "test",
    "--package",
    "dynamometer",
    "--features",
    "__prometheus-protobuf",
    "--test",
    "prometheus_registry",
];

/// Returns a cargo command that runs in the workspace's root.
pub(super) fn cargo(run: &Run, args: &[&str]) -> Command {
    let mut command = process::cargo(&run.workspace, args);
    if env::is_ci() {
        // Nobody compiles twice there, and the extra files are large.
        command.env(env::CARGO_INCREMENTAL, "0");
    }
    command
}

/// Tells a command that runs tests what they need to know.
pub(crate) fn inform<'a>(command: &'a mut Command, run: &Run) -> &'a mut Command {
    command
        .env(env::TEST_SERVERS, &run.servers)
        .env(env::TEST_PYTHON, &run.python);
    if run.full {
        command.env(env::TEST_FULL, "1");
    }
    command
}

pub(super) fn format(run: &Run) -> Result<()> {
    process::run(&mut cargo(run, &["fmt", "--all", "--check"]))
}

pub(super) fn clippy(run: &Run) -> Result<()> {
    let mut command = cargo(
        run,
        &[
            "clippy",
            "--workspace",
            "--exclude",
            BENCHES,
            "--all-targets",
            "--",
        ],
    );
    process::run(command.args(WARNINGS_ARE_ERRORS.split(' ')))
}

/// Unit and integration tests of the default members.
pub(super) fn rust(run: &Run) -> Result<()> {
    if process::succeeds(&mut cargo(run, &["nextest", "--version"])) {
        let mut command = cargo(run, &["nextest", "run", "--profile", "ci"]);
        if run.full {
            command.args(["--run-ignored", "all"]);
        }
        return process::run(inform(&mut command, run));
    }
    // Documentation tests have a stage of their own.
    let mut command = cargo(
        run,
        &[
            "test",
            "--no-fail-fast",
            "--lib",
            "--bins",
            "--tests",
            "--examples",
        ],
    );
    if run.full {
        command.args(["--", "--include-ignored"]);
    }
    process::run(inform(&mut command, run))
}

pub(super) fn doc(run: &Run) -> Result<()> {
    process::run(inform(&mut cargo(run, &["test", "--doc"]), run))?;
    let mut command = cargo(
        run,
        &["doc", "--no-deps", "--workspace", "--exclude", BENCHES],
    );
    let flags = env::get(env::RUSTDOCFLAGS).map_or_else(String::new, |flags| flags + " ");
    process::run(command.env(env::RUSTDOCFLAGS, flags + WARNINGS_ARE_ERRORS))
}

/// Each library alone, so that no neighbour's features help it out; and what only
/// tests switch on.
pub(super) fn features(run: &Run) -> Result<()> {
    process::run(&mut cargo(run, &AGAIN))?;
    for package in run.members.workspace_packages() {
        let is_library = package.targets.iter().any(|target| {
            target
                .kind
                .iter()
                .any(|kind| matches!(kind, TargetKind::Lib | TargetKind::ProcMacro))
        });
        if !is_library || [BENCHES, FUZZ].contains(&package.name.as_str()) {
            continue;
        }
        for features in ["--no-default-features", "--all-features"] {
            process::run(&mut cargo(
                run,
                &["check", "--package", &package.name, features],
            ))?;
        }
    }
    Ok(())
}

/// Licences, sources and wrappers, where cargo-deny is installed.
pub(super) fn deny(run: &Run) -> Outcome {
    if !process::succeeds(&mut cargo(run, &["deny", "--version"])) {
        return Outcome::Skipped(
            "cargo-deny is not installed; `cargo install --locked cargo-deny` adds it".to_owned(),
        );
    }
    let mut command = cargo(run, &["deny", "--offline", "check"]);
    // The lists name crates and wrappers that later work brings.
    command.args(["--allow", "unused-wrapper"]);
    process::run(command.args(["bans", "licenses", "sources"])).into()
}
