//! Which packages tests need: the one place to enter another.

/// A Debian package with programs that tests start.
#[derive(Debug)]
pub(crate) struct Package {
    /// The package's name.
    pub(crate) name: &'static str,
    /// Its programs in `usr/bin`; each answers `--version`.
    pub(crate) programs: &'static [&'static str],
}

/// Every package, none of which needs another one to run.
pub(crate) const PACKAGES: &[Package] = &[Package {
    name: "prometheus",
    programs: &["prometheus", "promtool"],
}];
