//! The C++ program: built, run, and read.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::found::Found;
use crate::report::progress;

/// The folder with `CMakePresets.json`.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cpp");

/// The preset that builds the program, and where it does.
const PRESET: &str = "bench";
const PROGRAM: &str = "../target/cpp/bench/libnv/bench/libnv_bench";

/// Builds the program and returns what it found.
///
/// # Errors
///
/// When the code does not build, or the program fails.
pub(crate) fn measure() -> Result<Found> {
    progress("cpp: building");
    output(Command::new("cmake").args(["--preset", PRESET]))?;
    output(Command::new("cmake").args(["--build", "--preset", PRESET, "--target", "libnv_bench"]))?;
    progress("cpp: measuring");
    let program = Path::new(FOLDER).join(PROGRAM);
    let json = output(Command::new(program).arg("--benchmark_format=json"))?;
    Found::in_json(&json).context("cannot read what the C++ program found")
}

/// Runs a command in silence and returns what it wrote on standard output.
fn output(command: &mut Command) -> Result<String> {
    let shown = command.get_program().display().to_string();
    let output = command
        .current_dir(FOLDER)
        .output()
        .with_context(|| format!("cannot start {shown}"))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(stdout);
    }
    // Compilers complain on the one, ninja passes it on to the other.
    let stderr = String::from_utf8_lossy(&output.stderr);
    bail!("{shown} failed ({})\n{stdout}{stderr}", output.status);
}
