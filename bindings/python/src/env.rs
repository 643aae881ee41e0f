//! Every environment variable this crate reads.

/// Hot methods go through `PyO3` where this is `0`, to compare with, or where the
/// interpreter's C interface is in doubt.
pub(crate) const RAW: &str = "DYN_PYTHON_RAW";

/// True unless [`RAW`] is `0`.
#[expect(
    clippy::disallowed_methods,
    reason = "this is where the environment is read"
)]
pub(crate) fn is_raw() -> bool {
    std::env::var(RAW).map_or(true, |value| value.trim() != "0")
}
