//! Every environment variable this crate reads.

use std::env::VarError;

use crate::error::{Error, ErrorKind};

/// Which backends a program uses: `prometheus`, `otel`, `libnv`, or a list of
/// them with commas. Unset or empty: those that are built in.
pub const BACKEND: &str = "DYN_METRICS_BACKEND";

/// Reads a variable; `None` where it is not set or empty.
#[expect(
    clippy::disallowed_methods,
    reason = "this is where the environment is read"
)]
pub(crate) fn read(name: &str) -> Result<Option<String>, Error> {
    match std::env::var(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(value)) => {
            let message = format!(
                "environment variable {name} is not UTF-8: {}",
                value.display()
            );
            Err(Error::new(ErrorKind::Backend, message))
        }
    }
}
