//! Python's side of dynamometer: the module `dynamometer._native`.

use pyo3::prelude::*;

/// What `import dynamometer` is made of.
#[pymodule]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
