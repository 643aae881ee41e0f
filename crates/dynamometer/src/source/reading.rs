//! What a source may return.

use dynamometer_exposition::{Family, Snapshot};

use crate::source::error::SourceError;

/// What a closure that is a [`Source`](crate::Source) may return.
pub trait Reading {
    /// Makes a snapshot of it.
    ///
    /// # Errors
    ///
    /// Where it is a failure itself, or not in the format that it should be in.
    fn into_snapshot(self) -> Result<Snapshot, SourceError>;
}

impl Reading for Snapshot {
    fn into_snapshot(self) -> Result<Snapshot, SourceError> {
        Ok(self)
    }
}

impl Reading for Vec<Family> {
    fn into_snapshot(self) -> Result<Snapshot, SourceError> {
        Ok(self.into_iter().collect())
    }
}

impl<R: Reading, E: Into<SourceError>> Reading for Result<R, E> {
    fn into_snapshot(self) -> Result<Snapshot, SourceError> {
        self.map_err(Into::into)?.into_snapshot()
    }
}
