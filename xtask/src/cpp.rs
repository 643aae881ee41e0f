//! libnv and what is built on it: its builds, tests and sanitisers.

use std::ffi::OsStr;
use std::path::Path;
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

const CLANG: &str = "clang++";

/// The programs that building needs besides a C++ compiler, and their packages.
const TOOLS: [(&str, &str); 5] = [
    ("cmake", "cmake"),
    ("ninja", "ninja-build"),
    (CLANG, "clang"),
    ("ld.lld", "lld"),
    ("pkg-config", "pkg-config"),
];

/// The headers of others that the sources include, and the packages that bring them.
const HEADERS: [(&str, &str); 3] = [
    ("gtest/gtest.h", "libgtest-dev"),
    ("gmock/gmock.h", "libgmock-dev"),
    ("nlohmann/json.hpp", "nlohmann-json3-dev"),
];

/// Clang's sanitizers, on which clang itself does not depend.
const SANITIZERS: &str = "libclang-rt-dev";

/// Returns the Debian packages that are missing here.
pub(crate) fn missing() -> Vec<&'static str> {
    let is_missing = |tool: &str| !process::succeeds(Command::new(tool).arg("--version"));
    let tools = TOOLS.into_iter().filter(|(tool, _)| is_missing(tool));
    let mut packages: Vec<_> = tools.map(|(_, package)| package).collect();
    if is_missing(CLANG) {
        return packages;
    }
    let headers = HEADERS.into_iter().filter(|(header, _)| !finds(header));
    packages.extend(headers.map(|(_, package)| package));
    if !sanitizes() {
        packages.push(SANITIZERS);
    }
    packages
}

/// Whether clang finds a header.
fn finds(header: &str) -> bool {
    let arguments = ["-std=c++17", "-fsyntax-only", "-include", header];
    let nothing = ["-x", "c++", "/dev/null"];
    process::succeeds(Command::new(CLANG).args(arguments).args(nothing))
}

/// Whether clang has its sanitizers; it answers with a bare name where it has not.
fn sanitizes() -> bool {
    let runtime = format!("libclang_rt.asan-{}.a", std::env::consts::ARCH);
    let asked = process::output(Command::new(CLANG).arg(format!("-print-file-name={runtime}")));
    asked.is_ok_and(|path| Path::new(path.trim()).is_absolute())
}

/// Where the presets build, from the workspace's root.
const BUILDS: &str = "target/cpp";

/// The tests of the Rust crate with an installed library instead of its sources.
const WITH_INSTALLED: [&str; 6] = [
    "test",
    "--package",
    "dynamometer-libnv",
    "--features",
    "system",
    "--tests",
];

/// Builds and tests every preset; a preset that fails stops the others. Then tests
/// the Rust crate with what was built.
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
    check_installed(workspace)
}

/// Installs libnv, and tests the Rust crate linked to it.
fn check_installed(workspace: &Workspace) -> Result<()> {
    let builds = workspace.path(BUILDS);
    let prefix = builds.join("installed");
    let mut install = command(workspace, "cmake", ["--install"]);
    install.arg(builds.join(PRESETS[0])).arg("--prefix");
    process::run(install.arg(&prefix))?;
    let libraries = prefix.join("lib");
    let mut test = process::cargo(workspace, WITH_INSTALLED);
    test.env("PKG_CONFIG_PATH", libraries.join("pkgconfig"))
        .env("LD_LIBRARY_PATH", libraries);
    process::run(&mut test)
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
    fn a_header_that_is_not_there_is_told_from_one_that_is() {
        if process::succeeds(Command::new(CLANG).arg("--version")) {
            assert!(!finds("no/such/part.h"));
            assert!(finds("vector"));
        }
    }

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
