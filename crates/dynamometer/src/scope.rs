//! A scope that takes its series with it when it is dropped.

use std::ops::Deref;
use std::sync::{Arc, Weak};

use dynamometer_cells::{ForkLock, Series};

use crate::container::Container;

/// A [`Container`] scope whose series leave the page when it is dropped.
///
/// For what comes and goes while the process lives: a connection, a model, a
/// worker. Series that were there before the scope was made stay. Handles that
/// outlive it record on, and nobody sees it.
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
        let created = Arc::new(Created::default());
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
        let created = std::mem::take(&mut *self.created.0.lock());
        self.container.registry().remove_all(created);
    }
}

/// The series that were created through a scope, each with its family's name.
#[derive(Debug)]
pub(crate) struct Created(ForkLock<Vec<(Arc<str>, Weak<Series>)>>);

impl Created {
    pub(crate) fn note(&self, family: Arc<str>, series: &Arc<Series>) {
        self.0.lock().push((family, Arc::downgrade(series)));
    }
}

impl Default for Created {
    fn default() -> Self {
        Self(ForkLock::new(Vec::new()))
    }
}
