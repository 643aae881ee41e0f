//! Every environment variable that xtask reads.

use std::path::PathBuf;

/// Folder that holds the server programs tests start, set for tests too.
pub(crate) const TEST_SERVERS: &str = "DYN_TEST_SERVERS";

/// Folder that holds the Python packages tests import, set for tests too.
pub(crate) const TEST_PYTHON: &str = "DYN_TEST_PYTHON";

/// Set to `1` for tests when `xtask test --full` asks for the long ones.
pub(crate) const TEST_FULL: &str = "DYN_TEST_FULL";

/// How many times a loom model may preempt a thread.
pub(crate) const LOOM_MAX_PREEMPTIONS: &str = "LOOM_MAX_PREEMPTIONS";

/// Flags of the compiler.
pub(crate) const RUSTFLAGS: &str = "RUSTFLAGS";

/// Flags of rustdoc.
pub(crate) const RUSTDOCFLAGS: &str = "RUSTDOCFLAGS";

/// Flags of Miri.
pub(crate) const MIRIFLAGS: &str = "MIRIFLAGS";

/// Whether cargo compiles incrementally.
pub(crate) const CARGO_INCREMENTAL: &str = "CARGO_INCREMENTAL";

/// Returns a variable's value; absent, empty and not UTF-8 count as unset.
pub(crate) fn get(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where xtask reads its environment"
    )]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns whether this is an automated build (`CI=true`).
pub(crate) fn is_ci() -> bool {
    get("CI").is_some_and(|value| value == "true" || value == "1")
}

/// Returns the cargo that runs us, or the one on the path.
pub(crate) fn cargo() -> String {
    get("CARGO").unwrap_or_else(|| "cargo".to_owned())
}

/// Returns the folder of server programs that the user chose, if any.
pub(crate) fn test_servers() -> Option<PathBuf> {
    get(TEST_SERVERS).map(PathBuf::from)
}

/// Returns pyenv's folder, where it says it is or is by default.
pub(crate) fn pyenv() -> Option<PathBuf> {
    let chosen = get("PYENV_ROOT").map(PathBuf::from);
    chosen.or_else(|| Some(PathBuf::from(get("HOME")?).join(".pyenv")))
}

/// Returns the folder of Python packages that the user chose, if any.
pub(crate) fn test_python() -> Option<PathBuf> {
    get(TEST_PYTHON).map(PathBuf::from)
}
