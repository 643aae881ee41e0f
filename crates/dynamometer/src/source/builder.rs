//! Attaching a source step by step.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::container::Container;
use crate::error::Error;
use crate::registry::{Registry, check_labels};
use crate::self_metrics::report_source;
use crate::source::attached::Attached;
use crate::source::contract::Source;

/// How long a snapshot waits for a source where nobody says otherwise.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(1);

/// Attaches a source to a container.
///
/// [`attach`](Self::attach) leaves it there for as long as the container lives,
/// [`owned`](Self::owned) returns who takes it away again. Each has a `try_` twin
/// that returns what is wrong instead of logging it.
#[must_use = "nothing is attached before `attach` or `owned`"]
pub struct SourceBuilder<'a> {
    container: &'a Container,
    name: &'a str,
    source: Arc<dyn Source>,
    timeout: Duration,
    labels: Vec<(&'a str, &'a str)>,
}

impl<'a> SourceBuilder<'a> {
    pub(crate) fn new(container: &'a Container, name: &'a str, source: Arc<dyn Source>) -> Self {
        Self {
            container,
            name,
            source,
            timeout: DEFAULT_TIMEOUT,
            labels: Vec::new(),
        }
    }

    /// Sets how long a snapshot waits for it; a second where nobody says.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Adds a label to every series of the source.
    ///
    /// A series that has a label of that name is left out, logged once and counted.
    pub fn label(mut self, name: &'a str, value: &'a str) -> Self {
        self.labels.push((name, value));
        self
    }

    /// Adds labels to every series of the source; see [`label`](Self::label).
    pub fn labels(mut self, labels: &[(&'a str, &'a str)]) -> Self {
        self.labels.extend_from_slice(labels);
        self
    }

    /// Attaches it; on a mistake, it is logged once and counted in
    /// `dynamometer_registration_errors_total{reason}`.
    ///
    /// One that is attached through an [owned scope](Container::owned_scope) goes
    /// with that scope, any other with the container.
    pub fn attach(self) {
        self.or_report();
    }

    /// Attaches it, or says why it can not be.
    ///
    /// # Errors
    ///
    /// [`InvalidName`](crate::ErrorKind::InvalidName) for an empty name;
    /// [`SourceInUse`](crate::ErrorKind::SourceInUse) where the process has a source
    /// of that name; `InvalidLabel`, `ReservedLabel` or `DuplicateLabel` for a label.
    pub fn try_attach(self) -> Result<(), Error> {
        self.add().map(|_| ())
    }

    /// Attaches it until what is returned is dropped.
    ///
    /// On a mistake, that takes nothing away; see [`attach`](Self::attach).
    pub fn owned(self) -> OwnedSource {
        let registry = Arc::clone(self.container.registry());
        let source = self.or_report();
        OwnedSource { registry, source }
    }

    /// Attaches it until what is returned is dropped, or says why it can not be.
    ///
    /// # Errors
    ///
    /// As for [`try_attach`](Self::try_attach).
    pub fn try_owned(self) -> Result<OwnedSource, Error> {
        let registry = Arc::clone(self.container.registry());
        let source = Some(self.add()?);
        Ok(OwnedSource { registry, source })
    }

    fn or_report(self) -> Option<Arc<Attached>> {
        let name = self.name;
        let added = self.add();
        added.inspect_err(|error| report_source(name, error)).ok()
    }

    fn add(self) -> Result<Arc<Attached>, Error> {
        let labels = check_labels(&[], self.labels)?;
        let source = Attached::new(self.name, self.source, labels, self.timeout)?;
        let source = Arc::new(source);
        self.container.registry().sources.add(Arc::clone(&source));
        if let Some(created) = &self.container.created {
            created.note_source(&source);
        }
        Ok(source)
    }
}

impl fmt::Debug for SourceBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceBuilder")
            .field("name", &self.name)
            .field("timeout", &self.timeout)
            .field("labels", &self.labels)
            .finish_non_exhaustive()
    }
}

/// A source that leaves its container when this is dropped.
#[derive(Debug)]
#[must_use = "the source is removed when this is dropped"]
pub struct OwnedSource {
    registry: Arc<Registry>,
    source: Option<Arc<Attached>>,
}

impl Drop for OwnedSource {
    fn drop(&mut self) {
        if let Some(source) = &self.source {
            self.registry.sources.remove(source);
        }
    }
}
