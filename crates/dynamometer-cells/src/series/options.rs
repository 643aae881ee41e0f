//! What a series is created with.

use std::fmt;

/// There is no offset left for another series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no cells left for another series")
    }
}

impl std::error::Error for Full {}

/// Where the cells of a new series live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// One set per thread: about a nanosecond a record, 8 bytes × threads × cells.
    #[default]
    PerThread,
    /// One shared set: atomic adds, 8 bytes × cells. For families of many series,
    /// and for code on stackful fibres, which may change threads inside a record.
    Shared,
}

/// Called after each record of a handle that was created watchable.
///
/// Runs on the recording thread, so it must not block, allocate or panic: set a
/// flag and wake whoever does the work.
pub trait Notify: Send + Sync {
    /// Says that the watched cells changed.
    fn recorded(&self);
}

/// What a series is found by in a [`Table`](crate::Table).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// The whole key; look-ups compare it in full.
    pub text: Box<str>,
    /// The hash of the key.
    pub hash: u32,
    /// Something known of the text, which may change while the series lives.
    pub tag: u16,
}

/// How to create a series' cells.
#[derive(Default)]
pub struct Options {
    /// Where the cells live.
    pub storage: Storage,
    /// Whom to tell of each record; costs the plain path nothing when `None`.
    pub notify: Option<Box<dyn Notify>>,
    /// What the series is found by; empty where it is in no table.
    pub key: Key,
    /// How many exemplars the series can hold.
    pub exemplars: usize,
    /// Dropped with the series, behind all records made through its handles.
    pub keeps: Option<Box<dyn Send + Sync>>,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("storage", &self.storage)
            .field("notify", &self.notify.is_some())
            .field("key", &self.key)
            .field("exemplars", &self.exemplars)
            .field("keeps", &self.keeps.is_some())
            .finish()
    }
}
