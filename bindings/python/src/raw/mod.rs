//! Hot methods as bare C functions, attached to the classes that `PyO3` made.

use pyo3::prelude::*;

/// Attaches them, unless the environment says not to.
pub(crate) fn attach(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    let _ = crate::env::is_raw();
    Ok(())
}
