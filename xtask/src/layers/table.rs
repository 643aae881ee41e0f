//! Which crate lies in which layer: the one place to enter a new crate.

/// Where a crate lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// A layer; 0 is the engine.
    Layer(u8),
    /// Beside the layers: tests, benches, examples, tools. Uses anything.
    Kit,
}

/// The rules that differ from crate to crate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table<'a> {
    /// Every crate of the workspace.
    pub(crate) levels: &'a [(&'a str, Level)],
    /// Crates that use no other crate of ours, though layers lie below them.
    pub(crate) alone: &'a [&'a str],
    /// Crates that use nothing but these packages.
    pub(crate) only: &'a [(&'a str, &'a [&'a str])],
    /// Packages, by the beginning of their names, that one crate may use.
    pub(crate) exclusive: &'a [&'a str],
    /// Kits that may use the exclusive packages too.
    pub(crate) exempt: &'a [&'a str],
}

use Level::{Kit, Layer};

/// The facade, whose default features are checked.
pub(crate) const FACADE: &str = "dynamometer";

/// This workspace.
pub(crate) const TABLE: Table<'static> = Table {
    levels: &[
        ("dynamometer-cells", Layer(0)),
        ("dynamometer-derive", Layer(1)),
        ("dynamometer-exposition", Layer(1)),
        ("dynamometer-libnv", Layer(1)),
        ("dynamometer-multiprocess", Layer(2)),
        ("dynamometer", Layer(2)),
        ("dynamometer-nats", Layer(3)),
        ("dynamometer-status", Layer(3)),
        ("dynamometer-runtime", Layer(4)),
        ("dynamometer-frontend", Layer(5)),
        ("dynamometer-gateway", Layer(5)),
        ("dynamometer-python", Layer(6)),
        ("dynamometer-bench", Kit),
        ("dynamometer-examples", Kit),
        ("dynamometer-fuzz", Kit),
        ("dynamometer-testkit", Kit),
        ("xtask", Kit),
    ],
    alone: &["dynamometer-exposition"],
    only: &[("dynamometer-cells", &["libc", "loom"])],
    exclusive: &[
        "prometheus",
        "opentelemetry",
        "cxx",
        "pyo3",
        "async-nats",
        "etcd-client",
    ],
    exempt: &[
        "dynamometer-bench",
        "dynamometer-examples",
        "dynamometer-testkit",
    ],
};

/// What the facade with default features must not pull in: an async runtime, a
/// C++ compiler, a network client.
pub(crate) const NOT_IN_FACADE: [&str; 11] = [
    "async-nats",
    "async-std",
    "cc",
    "cmake",
    "cxx",
    "cxx-build",
    "hyper",
    "reqwest",
    "smol",
    "tokio",
    "ureq",
];

/// Crates that may contain unsafe code; every other one forbids it.
pub(crate) const MAY_BE_UNSAFE: [&str; 3] = [
    "dynamometer-cells",
    "dynamometer-libnv",
    "dynamometer-python",
];
