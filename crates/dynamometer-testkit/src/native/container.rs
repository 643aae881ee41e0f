//! The container: its builders, and its scopes.

use std::sync::Arc;

use dynamometer::{Builder, Container, Error};

use crate::declaration::Declaration;
use crate::family::FamilyHandle;
use crate::handle::Handle;
use crate::scenario::MetricKind;
use crate::subject::{Extended, Subject};

impl Subject {
    /// Tests a container of the facade, its builders and scopes too.
    pub fn native(container: &Container) -> Self {
        Self::new(Arc::new(container.clone())).with_extended(Arc::new(container.clone()))
    }
}

/// Declares through the builder of the kind, and ends the declaration.
macro_rules! declare {
    ($container:ident, $wanted:ident, $builder:ident => $end:expr) => {{
        let name = $wanted.name;
        match $wanted.kind {
            MetricKind::Counter => {
                let $builder = declared($container.counter(name), $wanted);
                $end
            }
            MetricKind::FloatCounter => {
                let $builder = declared($container.float_counter(name), $wanted);
                $end
            }
            MetricKind::UpDownCounter => {
                let $builder = declared($container.up_down_counter(name), $wanted);
                $end
            }
            MetricKind::Gauge => {
                let $builder = declared($container.gauge(name), $wanted);
                $end
            }
            MetricKind::Histogram => {
                let builder = $container.histogram(name);
                let builder = match $wanted.buckets {
                    Some(buckets) => builder.buckets(buckets),
                    None => builder,
                };
                let $builder = declared(builder, $wanted);
                $end
            }
            MetricKind::ExponentialHistogram => {
                let builder = $container.exponential_histogram(name);
                let $builder = declared(builder.layout($wanted.layout), $wanted);
                $end
            }
            MetricKind::Info => {
                let $builder = declared($container.info(name), $wanted);
                $end
            }
            MetricKind::StateSet => {
                let $builder = declared($container.state_set(name, $wanted.states), $wanted);
                $end
            }
        }
    }};
}

impl Extended for Container {
    fn try_create(&self, wanted: &Declaration<'_>) -> Result<Handle, Error> {
        Ok(declare!(self, wanted, builder => builder.try_build()?.into()))
    }

    fn create(&self, wanted: &Declaration<'_>) -> Handle {
        declare!(self, wanted, builder => builder.build().into())
    }

    fn try_create_family(
        &self,
        wanted: &Declaration<'_>,
        label_names: &[&str],
    ) -> Result<Arc<dyn FamilyHandle>, Error> {
        Ok(declare!(self, wanted, builder => Arc::new(builder.try_vec(label_names)?)))
    }

    fn create_family(
        &self,
        wanted: &Declaration<'_>,
        label_names: &[&str],
    ) -> Arc<dyn FamilyHandle> {
        declare!(self, wanted, builder => Arc::new(builder.vec(label_names)))
    }

    fn try_scope(&self, prefix: &str, labels: &[(&str, &str)]) -> Result<Subject, Error> {
        Ok(Subject::native(&Self::try_scope(self, prefix, labels)?))
    }

    fn scope(&self, prefix: &str, labels: &[(&str, &str)]) -> Subject {
        Subject::native(&Self::scope(self, prefix, labels))
    }
}

/// What builders of every kind have.
fn declared<'a, H: dynamometer::Handle>(
    builder: Builder<'a, H>,
    wanted: &Declaration<'a>,
) -> Builder<'a, H> {
    let mut builder = builder.help(wanted.help).labels(wanted.labels);
    if let Some(unit) = wanted.unit {
        builder = builder.unit(unit);
    }
    if let Some(limit) = wanted.limit {
        builder = builder.limit(limit);
    }
    wanted
        .aliases
        .iter()
        .fold(builder, |b, alias| b.alias(alias))
}
