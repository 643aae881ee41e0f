//! How much of anything is taken, so that no page takes more memory than is fair.

/// The most labels that a series may have.
pub(in crate::parse) const LABELS: usize = 128;

/// The most bytes that a name, a label's value or a help text may have.
pub(in crate::parse) const BYTES: usize = 1 << 16;

/// The most quantiles that a summary may have.
pub(in crate::parse) const QUANTILES: usize = 1024;
