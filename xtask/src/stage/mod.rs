//! The stages of `cargo xtask test`, one after the other.

mod check;
mod example;
mod report;

use std::path::PathBuf;

use anyhow::{Error, Result};
use cargo_metadata::Metadata;
use clap::ValueEnum;

pub(crate) use self::check::inform;
pub(crate) use self::report::Report;
use crate::workspace::Workspace;
use crate::{asan, console, cpp, generate, layers, loom, miri, python, servers};

/// A part of `cargo xtask test`, in the order in which they run.
///
/// Cheap ones that fail often come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Stage {
    /// cargo fmt --check
    Format,
    /// Which crate depends on which, and where unsafe code lives
    Layers,
    /// Generated files follow from the catalogue
    Generated,
    /// cargo deny: licences, sources, who may depend on whom
    Deny,
    /// cargo clippy, warnings are errors
    Clippy,
    /// Fetch the server programs and Python packages that tests use
    Servers,
    /// Unit and integration tests
    Rust,
    /// libnv: builds and tests of the C++ side, with sanitisers
    Cpp,
    /// Python: style, types, the wheel, its tests on every version that is here
    Python,
    /// Rust programs with C++ libraries in them, checked for memory errors
    Asan,
    /// Documentation builds without warnings, and its examples run
    Doc,
    /// Each library alone, with no features and with all
    Features,
    /// Every example runs
    Examples,
    /// Concurrency models of dynamometer-cells
    Loom,
    /// Tests of dynamometer-cells under Miri
    Miri,
}

/// What a stage has to say for itself.
#[derive(Debug)]
pub(crate) enum Outcome {
    Passed,
    /// It passed, but for what could not be done here; says what.
    PassedWithout(String),
    Failed(Error),
    /// It could not be done here; says why.
    Skipped(String),
}

/// What the stages work on.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) workspace: Workspace,
    pub(crate) members: Metadata,
    /// Folder of the server programs, which tests are told.
    pub(crate) servers: PathBuf,
    /// Folder of the Python packages, which tests are told.
    pub(crate) python: PathBuf,
    /// Whether the long tests are wanted too.
    pub(crate) full: bool,
}

// === impl Stage ===

impl Stage {
    /// Returns every stage in order.
    pub(crate) fn all() -> &'static [Self] {
        Self::value_variants()
    }

    /// Returns the name that `--only` takes.
    pub(crate) fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Returns what the stage does, in a few words.
    pub(crate) fn about(self) -> String {
        let value = self.to_possible_value();
        let help = value
            .as_ref()
            .and_then(clap::builder::PossibleValue::get_help);
        help.map_or_else(String::new, ToString::to_string)
    }

    /// Returns the folders, below the target folder, that only this stage uses.
    pub(crate) fn leaves(self) -> &'static [&'static str] {
        match self {
            Self::Rust => &["tests/trybuild"],
            Self::Cpp => &["cpp/asan-clang", "cpp/tsan-gcc"],
            Self::Asan => &["asan"],
            Self::Doc => &["doc"],
            Self::Loom => &["loom"],
            Self::Miri => &["miri"],
            _ => &[],
        }
    }

    /// Does the stage's work.
    pub(crate) fn run(self, run: &Run) -> Outcome {
        let done = match self {
            Self::Format => check::format(run),
            Self::Layers => layers::check(&run.workspace),
            Self::Generated => generate::check(&run.workspace),
            Self::Deny => return check::deny(run),
            Self::Clippy => check::clippy(run),
            Self::Servers => fetch_servers(run),
            Self::Rust => check::rust(run),
            Self::Cpp => return in_cpp(run),
            Self::Python => return python::check(run),
            Self::Asan => return under_asan(run),
            Self::Doc => check::doc(run),
            Self::Features => check::features(run),
            Self::Examples => example::check(run),
            Self::Loom => loom::check(&run.workspace),
            Self::Miri => return under_miri(run),
        };
        done.into()
    }
}

// === impl Outcome ===

impl From<Result<()>> for Outcome {
    fn from(done: Result<()>) -> Self {
        done.map_or_else(Self::Failed, |()| Self::Passed)
    }
}

fn fetch_servers(run: &Run) -> Result<()> {
    let folder = servers::ensure(&run.workspace)?;
    console::note(format_args!("server programs are in {}", folder.display()));
    let folder = python::ensure(&run.workspace)?;
    console::note(format_args!("Python packages are in {}", folder.display()));
    Ok(())
}

/// A machine that cannot fetch the toolchain cannot be blamed for the code.
fn under_miri(run: &Run) -> Outcome {
    match miri::ensure_toolchain() {
        Ok(()) => miri::check(&run.workspace).into(),
        Err(error) => Outcome::Skipped(format!("{error:#}")),
    }
}

/// As for Miri: what is not installed says nothing of the code.
fn in_cpp(run: &Run) -> Outcome {
    let packages = cpp::missing();
    if packages.is_empty() {
        return cpp::check(&run.workspace, run.full).into();
    }
    let packages = packages.join(" ");
    Outcome::Skipped(format!("not installed; `apt-get install {packages}`"))
}

/// As for Miri: a compiler without sanitizers says nothing of the code.
fn under_asan(run: &Run) -> Outcome {
    match asan::missing() {
        Ok(None) => asan::check(&run.workspace).into(),
        Ok(Some(what)) => Outcome::Skipped(what),
        Err(error) => Outcome::Failed(error),
    }
}
