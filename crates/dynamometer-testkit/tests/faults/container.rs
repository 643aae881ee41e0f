//! The traits' part with a fault.

use std::sync::atomic::{AtomicU64, Ordering};

use dynamometer::{
    Container, Counter, Error, ErrorKind, MetricContainer, MetricCounter, MetricGauge,
    MetricHistogram, Snapshot, text,
};

use crate::fault::Fault;
use crate::handle;

pub(crate) struct Faulty {
    inner: Container,
    fault: Fault,
    reads: AtomicU64,
}

impl Faulty {
    pub(crate) fn new(inner: Container, fault: Fault) -> Self {
        Self {
            inner,
            fault,
            reads: AtomicU64::new(0),
        }
    }

    fn name(&self, name: &str) -> String {
        match self.fault {
            Fault::LowersNames => name.to_lowercase(),
            _ => name.to_owned(),
        }
    }

    fn labels<'a>(&self, labels: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let has_empty = labels.iter().any(|(_, value)| value.is_empty());
        assert!(
            !(has_empty && self.fault == Fault::PanicsOnEmptyLabel),
            "empty label value"
        );
        let is_dropped = |name| name == "le" && self.fault == Fault::AcceptsReservedLabels;
        let labels = labels.iter().copied();
        labels.filter(|(name, _)| !is_dropped(*name)).collect()
    }

    fn error(&self, error: Error) -> Error {
        match self.fault {
            Fault::CallsEverythingInvalidName => {
                Error::new(ErrorKind::InvalidName, error.to_string())
            }
            _ => error,
        }
    }
}

impl MetricContainer for Faulty {
    fn try_create_counter(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricCounter>, Error> {
        let (name, labels) = (self.name(name), self.labels(labels));
        let made = self.inner.try_create_counter(&name, help, &labels);
        let made = made.map_err(|error| self.error(error))?;
        let made = match self.fault {
            Fault::NewCellsEachTime => Box::new(Counter::detached()),
            _ => made,
        };
        Ok(Box::new(handle::Faulty::new(made, self.fault)))
    }

    fn try_create_gauge(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricGauge>, Error> {
        let (name, labels) = (self.name(name), self.labels(labels));
        let made = self.inner.try_create_gauge(&name, help, &labels);
        let made = made.map_err(|error| self.error(error))?;
        Ok(Box::new(handle::Faulty::new(made, self.fault)))
    }

    fn try_create_histogram_with_buckets(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
        buckets: &[f64],
    ) -> Result<Box<dyn MetricHistogram>, Error> {
        let (name, labels) = (self.name(name), self.labels(labels));
        let made = &self.inner;
        let made = made.try_create_histogram_with_buckets(&name, help, &labels, buckets);
        let made = made.map_err(|error| self.error(error))?;
        Ok(Box::new(handle::Faulty::new(made, self.fault)))
    }

    fn create_counter(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Box<dyn MetricCounter> {
        match (self.try_create_counter(name, help, labels), self.fault) {
            (Ok(counter), _) => counter,
            (Err(_), Fault::ServesRefused) => self.inner.create_counter("refused", help, &[]),
            (Err(_), Fault::DeadRefused) => Box::new(Counter::noop()),
            // Once more, for the facade's own count of refusals.
            (Err(_), _) => self.inner.create_counter(name, help, labels),
        }
    }

    fn get_metrics(&self) -> Snapshot {
        self.inner.get_metrics()
    }

    fn export_prometheus(&self) -> String {
        let page = text::to_string(&self.get_metrics());
        match self.fault {
            Fault::CountsReads => {
                let reads = self.reads.fetch_add(1, Ordering::Relaxed);
                format!("{page}reads_total {reads}\n")
            }
            Fault::UnescapedHelp => page.replace("\\\\", "\\"),
            _ => page,
        }
    }
}
