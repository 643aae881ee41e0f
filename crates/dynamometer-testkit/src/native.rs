//! The facade's own container under test, with all that it can do.

use std::sync::Arc;

use dynamometer::{Container, Error, HistogramBuilder};

use crate::handle::Handle;
use crate::scenario::MetricKind;
use crate::subject::{Declaration, Extended, Subject};

impl Subject {
    /// Tests a container of the facade, its builders and scopes too.
    pub fn native(container: &Container) -> Self {
        Self::new(Arc::new(container.clone())).with_extended(Arc::new(container.clone()))
    }
}

/// Declares through the builder of a kind; every builder has the same setters.
macro_rules! declare {
    ($container:ident.$kind:ident, $wanted:ident) => {{
        let builder = $container.$kind($wanted.name).help($wanted.help);
        let builder = builder.labels($wanted.labels);
        match $wanted.unit {
            Some(unit) => builder.unit(unit),
            None => builder,
        }
    }};
}

impl Extended for Container {
    fn try_create(&self, wanted: &Declaration<'_>) -> Result<Handle, Error> {
        Ok(match wanted.kind {
            MetricKind::Counter => {
                Handle::Counter(Box::new(declare!(self.counter, wanted).try_build()?))
            }
            MetricKind::Gauge => Handle::Gauge(Box::new(declare!(self.gauge, wanted).try_build()?)),
            MetricKind::FloatCounter => {
                Handle::FloatCounter(Box::new(declare!(self.float_counter, wanted).try_build()?))
            }
            MetricKind::UpDownCounter => Handle::UpDownCounter(Box::new(
                declare!(self.up_down_counter, wanted).try_build()?,
            )),
            MetricKind::Histogram => {
                Handle::Histogram(Box::new(histogram(self, wanted).try_build()?))
            }
        })
    }

    fn create(&self, wanted: &Declaration<'_>) -> Handle {
        match wanted.kind {
            MetricKind::Counter => {
                Handle::Counter(Box::new(declare!(self.counter, wanted).build()))
            }
            MetricKind::Gauge => Handle::Gauge(Box::new(declare!(self.gauge, wanted).build())),
            MetricKind::FloatCounter => {
                Handle::FloatCounter(Box::new(declare!(self.float_counter, wanted).build()))
            }
            MetricKind::UpDownCounter => {
                Handle::UpDownCounter(Box::new(declare!(self.up_down_counter, wanted).build()))
            }
            MetricKind::Histogram => Handle::Histogram(Box::new(histogram(self, wanted).build())),
        }
    }

    fn try_scope(&self, prefix: &str, labels: &[(&str, &str)]) -> Result<Subject, Error> {
        Ok(Subject::native(&Self::try_scope(self, prefix, labels)?))
    }

    fn scope(&self, prefix: &str, labels: &[(&str, &str)]) -> Subject {
        Subject::native(&Self::scope(self, prefix, labels))
    }
}

fn histogram<'a>(container: &'a Container, wanted: &Declaration<'a>) -> HistogramBuilder<'a> {
    let builder = declare!(container.histogram, wanted);
    match wanted.buckets {
        Some(buckets) => builder.buckets(buckets),
        None => builder,
    }
}
