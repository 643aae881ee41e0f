//! A scope that takes its series with it when it is dropped.

use std::ops::Deref;
use std::sync::{Arc, Weak};

use dynamometer_cells::{ForkLock, Series};

use crate::container::Container;
use crate::registry::Registry;
use crate::source::Attached;

/// A [`Container`] scope whose series and sources leave the page when it is
/// dropped.
///
/// For what comes and goes while the process lives: a connection, a model, a
/// worker. Series that were there before the scope was made stay; those of scopes
/// in it leave with it, owned or not. Handles that outlive it record on, and
/// nobody sees it; so does what its families and scopes make from then on.
///
/// ```
/// use dynamometer::Container;
///
/// let container = Container::new("app");
/// let model = container.owned_scope("", &[("model", "small")]);
/// let requests = model.counter("requests_total").build();
/// requests.inc();
/// assert!(container.export_prometheus().contains("app_requests_total{model=\"small\"} 1"));
/// drop(model);
/// assert!(!container.export_prometheus().contains("model"));
/// ```
#[derive(Debug)]
#[must_use = "the series are removed when the scope is dropped"]
pub struct OwnedScope {
    container: Container,
    created: Arc<Created>,
}

impl OwnedScope {
    pub(crate) fn new(scope: Container) -> Self {
        let created = Arc::new(Created {
            registry: Arc::clone(scope.registry()),
            outer: scope.created.clone(),
            list: ForkLock::new(List::default()),
        });
        Self {
            container: scope.created_for(Arc::clone(&created)),
            created,
        }
    }
}

impl Deref for OwnedScope {
    type Target = Container;

    fn deref(&self) -> &Container {
        &self.container
    }
}

impl Drop for OwnedScope {
    fn drop(&mut self) {
        self.created.end();
    }
}

/// Entries of a list before those of series that are gone are first dropped.
const FIRST_PRUNED: usize = 64;

/// What was created through a scope, to be removed with it.
#[derive(Debug)]
pub(crate) struct Created {
    registry: Arc<Registry>,
    /// Those of the owned scope around it.
    outer: Option<Arc<Created>>,
    list: ForkLock<List>,
}

#[derive(Debug, Default)]
struct List {
    /// Each with its family's name.
    series: Vec<(Arc<str>, Weak<Series>)>,
    sources: Vec<Weak<Attached>>,
    /// How many there are when those that are gone are dropped next.
    prune_at: usize,
    /// The scope is gone.
    is_over: bool,
}

impl Created {
    /// Notes a new series; not under the registry's lock.
    pub(crate) fn note(&self, family: Arc<str>, series: &Arc<Series>) {
        if let Some(outer) = &self.outer {
            outer.note(Arc::clone(&family), series);
        }
        let created = (family, Arc::downgrade(series));
        let mut list = self.list.lock();
        if list.is_over {
            drop(list);
            // Nobody would remove it later.
            self.registry.remove_all([created]);
        } else {
            list.push(created);
        }
    }

    /// Notes a source that was attached.
    pub(crate) fn note_source(&self, source: &Arc<Attached>) {
        if let Some(outer) = &self.outer {
            outer.note_source(source);
        }
        let mut list = self.list.lock();
        if list.is_over {
            drop(list);
            self.registry.sources.remove(source);
        } else {
            list.sources.retain(|source| source.strong_count() > 0);
            list.sources.push(Arc::downgrade(source));
        }
    }

    /// Removes all, and what is noted from now on.
    fn end(&self) {
        let mut list = self.list.lock();
        list.is_over = true;
        let series = std::mem::take(&mut list.series);
        let sources = std::mem::take(&mut list.sources);
        drop(list);
        self.registry.remove_all(series);
        for source in sources.iter().filter_map(Weak::upgrade) {
            self.registry.sources.remove(&source);
        }
    }
}

impl List {
    /// Adds an entry. Those of series that were removed by others are dropped now
    /// and then: a scope may live long, and its series come and go.
    fn push(&mut self, created: (Arc<str>, Weak<Series>)) {
        if self.series.len() >= self.prune_at.max(FIRST_PRUNED) {
            self.series.retain(|(_, series)| series.strong_count() > 0);
            self.prune_at = 2 * self.series.len();
        }
        self.series.push(created);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_that_lives_long_forgets_the_series_that_are_gone() {
        let container = Container::new("app");
        let scope = container.owned_scope("", &[("model", "small")]);
        let sessions = scope.counter("messages_total").vec(&["session"]);
        let kept = sessions.owned(&["kept"]);
        for at in 0..10_000 {
            drop(sessions.owned(&[at.to_string()]));
        }
        let noted = scope.created.list.lock().series.len();
        assert!(noted < 1000, "{noted}");
        kept.inc();
        drop(scope);
        assert_eq!(container.get_metrics().series(), 0, "and not the others");
    }
}
