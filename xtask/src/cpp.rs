//! libnv and what is built on it: its builds, tests and sanitisers.

use std::ffi::OsStr;
use std::process::Command;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{env, process};

/// The folder with `CMakePresets.json`, from the workspace's root.
const FOLDER: &str = "cpp";

/// The presets that are tested: each compiler once, and what each finds best.
const PRESETS: [&str; 3] = ["release-gcc", "asan-clang", "tsan-gcc"];

/// The others, for the long tests.
const MORE_PRESETS: [&str; 3] = ["release-clang", "asan-gcc", "tsan-clang"];

/// What building needs besides a C++ compiler.
const TOOLS: [&str; 4] = ["cmake", "ctest", "ninja", "clang++"];

/// Returns a tool that is missing here.
pub(crate) fn missing() -> Option<&'static str> {
    let is_there = |tool: &&str| process::succeeds(Command::new(tool).arg("--version"));
    TOOLS.into_iter().find(|tool| !is_there(tool))
}

/// Builds and tests every preset; a preset that fails stops the others.
pub(crate) fn check(workspace: &Workspace, is_full: bool) -> Result<()> {
    let more = if is_full { &MORE_PRESETS[..] } else { &[] };
    for preset in PRESETS.iter().chain(more) {
        process::run(&mut command(workspace, "cmake", ["--preset", preset]))?;
        process::run(&mut command(
            workspace,
            "cmake",
            ["--build", "--preset", preset],
        ))?;
        let mut test = command(workspace, "ctest", ["--preset", preset]);
        if is_full {
            test.env(env::TEST_FULL, "1");
        }
        process::run(&mut test)?;
    }
    Ok(())
}

fn command<S: AsRef<OsStr>>(
    workspace: &Workspace,
    program: &str,
    args: impl IntoIterator<Item = S>,
) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(workspace.root().join(FOLDER))
        .args(args);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_one_of_cmakes() {
        let presets = concat!(env!("CARGO_MANIFEST_DIR"), "/../cpp/CMakePresets.json");
        let presets = std::fs::read_to_string(presets).unwrap();
        for preset in PRESETS.iter().chain(&MORE_PRESETS) {
            let named = format!("\"configurePreset\": \"{preset}\"");
            assert!(presets.contains(&named), "{preset}");
        }
    }
}
