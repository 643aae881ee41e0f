//! One container under test, and what it can do beyond the traits.

use std::fmt;
use std::sync::Arc;

use dynamometer::{Error, MetricContainer};

use crate::declaration::Declaration;
use crate::family::FamilyHandle;
use crate::handle::Handle;
use crate::scenario::MetricKind;

/// A container with more kinds, units, families or scopes than the traits have.
///
/// # For implementors
///
/// Only what belongs to a [`Capability`](crate::Capability) of the factory is
/// called. The infallible twin of a method leaves out what can not be used, and
/// returns a handle that is in no container where nothing is left.
pub trait Extended: Send + Sync {
    /// Creates the metric, or returns why it can not be.
    ///
    /// # Errors
    ///
    /// As [`MetricContainer::try_create_counter`].
    fn try_create(&self, wanted: &Declaration<'_>) -> Result<Handle, Error>;

    /// Creates the metric.
    fn create(&self, wanted: &Declaration<'_>) -> Handle;

    /// Creates a family that is looked up by these labels, or returns why it can
    /// not be.
    ///
    /// # Errors
    ///
    /// As [`dynamometer::Builder::try_vec`].
    fn try_create_family(
        &self,
        wanted: &Declaration<'_>,
        label_names: &[&str],
    ) -> Result<Arc<dyn FamilyHandle>, Error>;

    /// Creates a family that is looked up by these labels.
    fn create_family(
        &self,
        wanted: &Declaration<'_>,
        label_names: &[&str],
    ) -> Arc<dyn FamilyHandle>;

    /// Returns a view with a longer prefix and more labels, or why it can not be.
    ///
    /// # Errors
    ///
    /// As [`dynamometer::Container::try_scope`].
    fn try_scope(&self, prefix: &str, labels: &[(&str, &str)]) -> Result<Subject, Error>;

    /// Returns a view with a longer prefix and more labels.
    fn scope(&self, prefix: &str, labels: &[(&str, &str)]) -> Subject;
}

/// A container under test.
#[derive(Clone)]
pub struct Subject {
    pub(crate) container: Arc<dyn MetricContainer>,
    pub(crate) extended: Option<Arc<dyn Extended>>,
}

impl Subject {
    /// Tests a container through the traits only.
    pub fn new(container: Arc<dyn MetricContainer>) -> Self {
        Self {
            container,
            extended: None,
        }
    }

    /// Tests what `extended` offers too; it is the same container.
    #[must_use]
    pub fn with_extended(mut self, extended: Arc<dyn Extended>) -> Self {
        self.extended = Some(extended);
        self
    }

    pub(crate) fn try_create(&self, wanted: &Declaration<'_>) -> Result<Handle, Error> {
        let Declaration {
            name, help, labels, ..
        } = *wanted;
        let container = &self.container;
        Ok(match (self.extended_for(wanted), wanted.kind) {
            (Some(extended), _) => extended.try_create(wanted)?,
            (None, MetricKind::Counter | MetricKind::FloatCounter) => {
                Handle::Counter(container.try_create_counter(name, help, labels)?)
            }
            (
                None,
                MetricKind::Gauge
                | MetricKind::UpDownCounter
                | MetricKind::Info
                | MetricKind::StateSet,
            ) => Handle::Gauge(container.try_create_gauge(name, help, labels)?),
            (None, MetricKind::Histogram | MetricKind::ExponentialHistogram) => {
                Handle::Histogram(match wanted.buckets {
                    None => container.try_create_histogram(name, help, labels)?,
                    Some(buckets) => {
                        container.try_create_histogram_with_buckets(name, help, labels, buckets)?
                    }
                })
            }
        })
    }

    pub(crate) fn create(&self, wanted: &Declaration<'_>) -> Handle {
        let Declaration {
            name, help, labels, ..
        } = *wanted;
        let container = &self.container;
        match (self.extended_for(wanted), wanted.kind) {
            (Some(extended), _) => extended.create(wanted),
            (None, MetricKind::Counter | MetricKind::FloatCounter) => {
                Handle::Counter(container.create_counter(name, help, labels))
            }
            (
                None,
                MetricKind::Gauge
                | MetricKind::UpDownCounter
                | MetricKind::Info
                | MetricKind::StateSet,
            ) => Handle::Gauge(container.create_gauge(name, help, labels)),
            (None, MetricKind::Histogram | MetricKind::ExponentialHistogram) => {
                Handle::Histogram(match wanted.buckets {
                    None => container.create_histogram(name, help, labels),
                    Some(buckets) => {
                        container.create_histogram_with_buckets(name, help, labels, buckets)
                    }
                })
            }
        }
    }

    /// The extended part, for what the traits do not have; the runner has checked
    /// that it is there.
    fn extended_for(&self, wanted: &Declaration<'_>) -> Option<&Arc<dyn Extended>> {
        let extended = self.extended.as_ref();
        extended.filter(|_| wanted.is_extended())
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject")
            .field("is_extended", &self.extended.is_some())
            .finish_non_exhaustive()
    }
}
