//! A handle that takes its series with it.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use dynamometer_cells::{Kept, Series};

use crate::family::Inner;
use crate::handle::Handle;

/// A handle whose series leaves the page when it is dropped.
///
/// Where several own the same series, it leaves with the last of them. Plain
/// handles on it record on, and nobody sees it.
///
/// ```
/// let container = dynamometer::Container::new("app");
/// let sessions = container.counter("messages_total").vec(&["session"]);
/// let session = sessions.owned(&["42"]);
/// session.inc();
/// assert!(container.export_prometheus().contains(r#"session="42"} 1"#));
/// drop(session);
/// assert!(!container.export_prometheus().contains("42"));
/// ```
#[must_use = "the series is removed when the handle is dropped"]
pub struct Owned<H: Handle> {
    handle: H,
    series: Option<Arc<Series>>,
    inner: Arc<Inner>,
}

impl<H: Handle> Owned<H> {
    /// Owns `series`, where it is one of the family's.
    pub(crate) fn new(inner: &Arc<Inner>, series: Option<Arc<Series>>) -> Self {
        if let Some(series) = &series {
            inner
                .registry
                .with_family(&inner.name, |family| family.own(series));
        }
        let handle = match &series {
            Some(series) => H::kept(Kept::new(Arc::clone(series)), &inner.context),
            None => H::unregistered(),
        };
        Self {
            handle,
            series,
            inner: Arc::clone(inner),
        }
    }
}

impl<H: Handle> Deref for Owned<H> {
    type Target = H;

    fn deref(&self) -> &H {
        &self.handle
    }
}

impl<H: Handle> Drop for Owned<H> {
    fn drop(&mut self) {
        if let Some(series) = &self.series {
            let name = &self.inner.name;
            self.inner
                .registry
                .with_family(name, |family| family.disown(series));
        }
    }
}

impl<H: Handle> fmt::Debug for Owned<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Owned").field(&self.handle).finish()
    }
}
