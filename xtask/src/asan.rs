//! C++ libraries in a Rust program, both under `AddressSanitizer`.
//!
//! The runtime is the compiler's own, linked into the program; what clang compiles
//! finds it there. Leaks count, too.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{env, process, rustc};

/// What programs are compiled with; the libraries they load find the runtime in them.
const RUST_FLAGS: &str = "-Zsanitizer=address \
    -Clink-arg=-Wl,--export-dynamic-symbol=__asan_* \
    -Clink-arg=-Wl,--export-dynamic-symbol=__sanitizer_*";

/// The compiler of all C++; gcc would bring a runtime of its own.
const COMPILER: &str = "clang++";

const COMPILER_FLAGS: &str = "-fsanitize=address -fno-omit-frame-pointer";

/// A library leaves the runtime to the program.
const LINKER_FLAGS: &str = "-Wl,-z,undefs";

/// The tests: programs that load a C++ library and count with it. The conformance
/// runner is left out: compiling it takes longer than all of these.
const TESTS: [&str; 11] = [
    "test",
    "--package",
    "dynamometer",
    "--features",
    "libnv",
    "--test",
    "libnv_cxx_first",
    "--test",
    "libnv_host_first",
    "--test",
    "libnv_kept_by_cxx",
];

/// Returns what is missing here, if anything.
///
/// # Errors
///
/// When the compiler does not say where it keeps its libraries.
pub(crate) fn missing() -> Result<Option<String>> {
    if !process::succeeds(Command::new(COMPILER).arg("--version")) {
        return Ok(Some(format!(
            "{COMPILER} is not installed (Debian package clang)"
        )));
    }
    Ok(if has_runtime(&rustc::libraries()?)? {
        None
    } else {
        Some("this compiler has no AddressSanitizer for this machine".to_owned())
    })
}

/// Builds the tests with everything in them, but for the standard library, and runs
/// them.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let flags = env::get(env::RUSTFLAGS).map_or_else(String::new, |flags| flags + " ");
    let mut command = process::cargo(workspace, TESTS);
    command
        // With a target named, flags are for the programs only, not for build scripts.
        .args(["--target", &rustc::host()?])
        // Other flags rebuild everything, so it has a folder of its own.
        .arg("--target-dir")
        .arg(workspace.target()?.join("asan"))
        // The compiler that ships does what only a nightly one may: one less to install.
        .env("RUSTC_BOOTSTRAP", "1")
        .env(env::RUSTFLAGS, flags + RUST_FLAGS)
        .env("CXX", COMPILER)
        .env("CXXFLAGS", COMPILER_FLAGS)
        .env("LDFLAGS", LINKER_FLAGS);
    process::run(&mut command)
}

/// True where the folder of the compiler's libraries has the runtime.
fn has_runtime(libraries: &Path) -> Result<bool> {
    for entry in std::fs::read_dir(libraries)? {
        let name = entry?.file_name();
        if name.to_string_lossy().ends_with("_rt.asan.a") {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_the_runtime_is_told_from_one_that_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        std::fs::write(path.join("librustc-stable_rt.tsan.a"), "").unwrap();
        assert!(!has_runtime(path).unwrap());
        std::fs::write(path.join("librustc-stable_rt.asan.a"), "").unwrap();
        assert!(has_runtime(path).unwrap());
    }
}
