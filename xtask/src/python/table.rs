//! Which packages are fetched for what: the one place to enter another.
//!
//! Their versions, and those of what they need, are in [`CONSTRAINTS`].

/// The file of versions, from the workspace's root, as pip reads it.
pub(crate) const CONSTRAINTS: &str = "bindings/python/constraints.txt";

/// What Rust's tests import; none of these needs another one.
pub(crate) const PACKAGES: &[&str] = &["prometheus_client"];

/// What fetches the others.
pub(crate) const PIP: &str = "pip";

/// What builds the wheel, and nothing more.
pub(crate) const BUILD: &[&str] = &["maturin"];

/// What the checks that run on every Python need.
pub(crate) const HOT: &[&str] = &["hypothesis", "pytest"];

/// What everything needs, for the one Python that all checks run on.
pub(crate) const ALL: &[&str] = &[
    "aiohttp",
    "asgiref",
    "django",
    "fastapi",
    "gunicorn",
    "httpx",
    "hypothesis",
    "maturin",
    "mypy",
    "numpy",
    "opentelemetry-exporter-prometheus",
    "prometheus-client",
    "prometheus-fastapi-instrumentator",
    "pytest",
    "ruff",
    "twisted",
    "uvicorn",
];

/// What the bench compares with, and what builds ours.
pub(crate) const BENCH: &[&str] = &["maturin", "opentelemetry-sdk", "prometheus-client"];
