//! The role of a source.

use std::sync::Arc;

use dynamometer_exposition::Snapshot;

use crate::source::error::SourceError;
use crate::source::reading::Reading;

/// Metrics that another library keeps, read when a snapshot is taken.
///
/// A closure is a source where it returns a [`Reading`]: a [`Snapshot`], families,
/// exposition text, or a `Result` of one of those.
///
/// ```
/// use dynamometer::Container;
///
/// let container = Container::new("app");
/// let queue = || "# TYPE queue_length gauge\nqueue_length{name=\"in\"} 3\n";
/// container.source("queue", queue).attach();
///
/// let page = container.export_prometheus();
/// assert!(page.contains("queue_length{name=\"in\"} 3\n"));
/// ```
///
/// # Contract
///
/// - [`read`](Self::read) returns all families with their whole names: neither the
///   prefix nor the labels of the container are added.
/// - It runs on a thread of its own, called `dyn-source`, outside every lock of
///   the library, once for each snapshot. Snapshots that are taken while it runs
///   share what it returns, so it never runs twice at once.
/// - It may block and it may fail. A snapshot waits for it no longer than its
///   timeout; one that takes longer is down until that read has ended, and what
///   it returns then is thrown away.
/// - A panic is caught, and is a failure.
/// - It must not take a snapshot of the container that it is attached to: that
///   one comes without any source, and the read fails.
/// - It lives as long as the container, or until it is removed; one that hangs,
///   until its read has ended.
/// - In the child of a fork it is read anew: a read that was under way in the
///   parent does not exist there.
pub trait Source: Send + Sync {
    /// Reads all families as they are now.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from reading them. The page goes on without its families.
    fn read(&self) -> Result<Snapshot, SourceError>;
}

impl<F, R> Source for F
where
    F: Fn() -> R + Send + Sync,
    R: Reading,
{
    fn read(&self) -> Result<Snapshot, SourceError> {
        self().into_snapshot()
    }
}

impl<S: Source + ?Sized> Source for Arc<S> {
    fn read(&self) -> Result<Snapshot, SourceError> {
        (**self).read()
    }
}
