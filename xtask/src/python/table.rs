//! Which packages tests need: the one place to enter another.

/// A Python package that tests import.
#[derive(Debug)]
pub(crate) struct Package {
    /// The package's name, which is that of its module too.
    pub(crate) name: &'static str,
    /// The one version that tests are written for.
    pub(crate) version: &'static str,
}

/// Every package, none of which needs another one.
pub(crate) const PACKAGES: &[Package] = &[Package {
    name: "prometheus_client",
    version: "0.26.0",
}];
