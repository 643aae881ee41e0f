//! Why a metric could not be registered.

use std::fmt;

/// What kind of mistake an [`Error`] reports. Stable, unlike messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A metric name or prefix is empty or has no usable character.
    InvalidName,
    /// A label name is empty or has no usable character.
    InvalidLabel,
    /// A label name is taken by the exposition formats: `le`, `quantile`, `__*`.
    ReservedLabel,
    /// Two labels of one series have the same name.
    DuplicateLabel,
    /// Bucket bounds are missing, not finite or out of order.
    InvalidBuckets,
    /// Two different names become the same one when they are sanitised.
    NameCollision,
    /// The name is in use by a metric of another kind.
    KindMismatch,
    /// The name is in use by a metric of another unit, or the kind has none.
    UnitMismatch,
    /// The name is in use by a histogram with other buckets.
    BucketsMismatch,
    /// A family was given more or fewer label values than it has labels.
    LabelCount,
    /// The family is looked up by other labels.
    LabelsMismatch,
    /// States are missing, too many, or given twice.
    InvalidStates,
    /// The name is in use by a state set with other states.
    StatesMismatch,
    /// The process has no cells left for another series.
    Exhausted,
    /// A backend is unknown, or not built into this program.
    Backend,
    /// Another source of the process has that name.
    SourceInUse,
}

impl ErrorKind {
    /// Every kind, for iteration.
    pub const ALL: &'static [Self] = &[
        Self::InvalidName,
        Self::InvalidLabel,
        Self::ReservedLabel,
        Self::DuplicateLabel,
        Self::InvalidBuckets,
        Self::NameCollision,
        Self::KindMismatch,
        Self::UnitMismatch,
        Self::BucketsMismatch,
        Self::LabelCount,
        Self::LabelsMismatch,
        Self::InvalidStates,
        Self::StatesMismatch,
        Self::Exhausted,
        Self::Backend,
        Self::SourceInUse,
    ];

    /// The kind in `snake_case`, as the label `reason` and scenario files have it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidName => "invalid_name",
            Self::InvalidLabel => "invalid_label",
            Self::ReservedLabel => "reserved_label",
            Self::DuplicateLabel => "duplicate_label",
            Self::InvalidBuckets => "invalid_buckets",
            Self::NameCollision => "name_collision",
            Self::KindMismatch => "kind_mismatch",
            Self::UnitMismatch => "unit_mismatch",
            Self::BucketsMismatch => "buckets_mismatch",
            Self::LabelCount => "label_count",
            Self::LabelsMismatch => "labels_mismatch",
            Self::InvalidStates => "invalid_states",
            Self::StatesMismatch => "states_mismatch",
            Self::Exhausted => "exhausted",
            Self::Backend => "backend",
            Self::SourceInUse => "source_in_use",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A registration that was refused.
///
/// The message says what was attempted, with what, and, for a mismatch, what
/// the name already stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    existing: Option<String>,
}

impl Error {
    /// Makes an error, as a container of one's own returns it.
    ///
    /// The message says what was attempted and with what.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            existing: None,
        }
    }

    /// Adds what the name stands for already, for a mismatch.
    #[must_use]
    pub fn with_existing(mut self, existing: impl Into<String>) -> Self {
        self.existing = Some(existing.into());
        self
    }

    /// What was attempted and with what, without what is there.
    #[cfg(feature = "libnv")]
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// What kind of mistake it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What the name stands for already, where that is the mistake.
    pub fn existing(&self) -> Option<&str> {
        self.existing.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.existing {
            Some(existing) => write!(f, "; it is {existing}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_listed_once_and_has_a_name_of_its_own() {
        let mut names: Vec<_> = ErrorKind::ALL.iter().map(|kind| kind.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ErrorKind::ALL.len());
    }
}
