//! What building the C++ program needs.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

/// Something that is installed or not.
enum Wanted {
    Program(&'static str),
    Header(&'static str),
}

/// What is needed, and the Debian package that has it.
const NEEDED: [(Wanted, &str); 5] = [
    (Wanted::Program("cmake"), "cmake"),
    (Wanted::Program("ninja"), "ninja-build"),
    (Wanted::Program("g++"), "g++"),
    (Wanted::Header("benchmark/benchmark.h"), "libbenchmark-dev"),
    (Wanted::Header("prometheus/counter.h"), "prometheus-cpp-dev"),
];

impl Wanted {
    fn name(&self) -> &'static str {
        match self {
            Self::Program(name) | Self::Header(name) => name,
        }
    }

    fn is_there(&self) -> bool {
        match self {
            Self::Program(name) => succeeds(Command::new(name).arg("--version")),
            Self::Header(name) => succeeds(
                Command::new("g++")
                    .args(["-E", "-x", "c++", "-include", name])
                    .arg("/dev/null"),
            ),
        }
    }
}

/// Returns when all that is needed is there.
///
/// # Errors
///
/// When something is missing: says which package has it.
pub(crate) fn ensure() -> Result<()> {
    match NEEDED.iter().find(|(wanted, _)| !wanted.is_there()) {
        None => Ok(()),
        Some((wanted, package)) => bail!(
            "section cpp needs {}; install it (Debian package {package}), or name the other \
             sections",
            wanted.name()
        ),
    }
}

fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_nobody_has_is_not_there() {
        assert!(!Wanted::Header("dynamometer/no_such_header.h").is_there());
        assert!(!Wanted::Program("dynamometer-no-such-program").is_there());
    }
}
