//! `cargo xtask fuzz`: bytes that nobody would write, for every parser.
//!
//! libFuzzer with the coverage counters of LLVM's own pass, which the stable
//! compiler runs too: no nightly, and no sanitizer, for the parsers forbid unsafe
//! code. Debug assertions and overflow checks are on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::SystemTime;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::workspace::Workspace;
use crate::{console, env, place, process, rustc};

const PACKAGE: &str = "dynamometer-fuzz";

/// What makes LLVM count edges and show comparisons to libFuzzer:
/// <https://clang.llvm.org/docs/SanitizerCoverage.html>
const COVERAGE: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Arguments of `cargo xtask fuzz`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask fuzz                                 every target for a minute
  cargo xtask fuzz --target protobuf --minutes 30  one of them for longer
  cargo xtask fuzz --jobs 8                        eight processes at a time

What is learned stays in target/fuzz/corpus, so that the next run goes on.
Exit status: 0 nothing was found, 1 something was, and the file is named.")]
pub(crate) struct Args {
    /// Run just this target
    #[arg(long, value_enum)]
    target: Option<Target>,
    /// Minutes for each target
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    minutes: u64,
    /// Processes at a time
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    jobs: u64,
}

/// What reads the bytes; each is a program of the package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Target {
    /// Prometheus text, read, written and read again
    Text,
    /// Prometheus text of several exporters, beside that of one
    JoinedText,
    /// `OpenMetrics` text
    Openmetrics,
    /// Protobuf
    Protobuf,
    /// Several pages of one source, with a memory of series and without
    Known,
    /// Files that processes of `prometheus_client` share
    Multiprocess,
}

/// Where a target keeps what it has learned and found.
#[derive(Debug)]
struct Folders {
    corpus: PathBuf,
    findings: PathBuf,
}

/// Fuzzes each target in turn; a finding does not stop the others.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<ExitCode> {
    let targets = args
        .target
        .map_or_else(|| Target::value_variants().to_vec(), |target| vec![target]);
    let root = workspace.target()?.join("fuzz");
    let programs = build(workspace, &root, &targets)?;
    let mut found = false;
    for target in targets {
        console::heading(&target.name());
        let folders = Folders::of(workspace, &root, target)?;
        found |= fuzz(workspace, &programs.join(target.name()), &folders, args)?;
    }
    Ok(ExitCode::from(u8::from(found)))
}

/// Builds the programs, and returns their folder.
fn build(workspace: &Workspace, root: &Path, targets: &[Target]) -> Result<PathBuf> {
    // With a target named, flags are for the programs only, not for build scripts.
    let host = rustc::host()?;
    let folder = root.join("build");
    let flags = env::get(env::RUSTFLAGS).map_or_else(String::new, |flags| flags + " ");
    let mut build = process::cargo(workspace, ["build", "--release", "--package", PACKAGE]);
    build
        .args(["--features", "libfuzzer", "--target", &host])
        .arg("--target-dir")
        .arg(&folder)
        .args(
            targets
                .iter()
                .flat_map(|target| ["--bin".to_owned(), target.name()]),
        )
        .env(env::RUSTFLAGS, flags + COVERAGE)
        .env("CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS", "true")
        .env("CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS", "true")
        .env("CARGO_PROFILE_RELEASE_LTO", "off");
    process::run(&mut build)?;
    Ok(folder.join(host).join("release"))
}

/// Returns whether something was found; then its file is named.
fn fuzz(workspace: &Workspace, program: &Path, folders: &Folders, args: &Args) -> Result<bool> {
    let mut command = Command::new(program);
    let mut findings = folders.findings.clone().into_os_string();
    findings.push("/");
    let mut prefix = std::ffi::OsString::from("-artifact_prefix=");
    prefix.push(findings);
    let mut dictionary = std::ffi::OsString::from("-dict=");
    dictionary.push(workspace.path("fuzz/dictionary.txt"));
    command
        .arg(format!("-max_total_time={}", args.minutes * 60))
        .args([
            "-max_len=4096",
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-print_final_stats=1",
        ])
        .args([prefix, dictionary]);
    if args.jobs > 1 {
        command.arg(format!("-fork={}", args.jobs));
    }
    let Err(error) = process::run(command.arg(&folders.corpus)) else {
        return Ok(false);
    };
    console::error(&format!("{error:#}"));
    if let Some(finding) = newest(&folders.findings)? {
        console::line(format_args!("found: {}", finding.display()));
        console::line(format_args!(
            "to see it again: {} {}",
            program.display(),
            finding.display()
        ));
    }
    Ok(true)
}

/// Returns the file that was written last.
fn newest(folder: &Path) -> Result<Option<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in entries {
        let entry = entry?;
        files.push((entry.metadata()?.modified()?, entry.path()));
    }
    Ok(files.into_iter().max().map(|(_, path)| path))
}

// === impl Target ===

impl Target {
    /// Returns the name of its program.
    fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

// === impl Folders ===

impl Folders {
    /// Makes the folders of a target, with our own pages to begin with.
    fn of(workspace: &Workspace, root: &Path, target: Target) -> Result<Self> {
        let corpus = root.join("corpus").join(target.name());
        let findings = root.join("findings").join(target.name());
        place::create(&findings)?;
        let mut seeds = process::cargo(workspace, ["run", "--quiet", "--package", PACKAGE]);
        seeds.args(["--bin", "seeds", &target.name()]).arg(&corpus);
        process::output(&mut seeds).context("cannot write the pages to begin with")?;
        Ok(Self { corpus, findings })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_a_program_of_its_name() {
        let workspace = Workspace::of_this_checkout();
        for target in Target::value_variants() {
            let program = format!("fuzz/src/bin/{}.rs", target.name());
            assert!(workspace.path(&program).is_file(), "{program}");
        }
    }

    #[test]
    fn the_newest_finding_is_the_one_that_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(newest(folder.path()).unwrap(), None);
        let (old, new) = (folder.path().join("b"), folder.path().join("a"));
        for (path, second) in [(&old, 1), (&new, 2)] {
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(second);
            let file = fs::File::create(path).unwrap();
            file.set_modified(time).unwrap();
        }
        assert_eq!(newest(folder.path()).unwrap(), Some(new));
    }
}
