//! What is beyond the traits, with a fault.

use std::sync::Arc;

use dynamometer::{Container, Error};
use dynamometer_testkit::{Declaration, Extended, FamilyHandle, Handle, MetricKind, Subject};

use crate::container::Faulty;
use crate::family::FaultyFamily;
use crate::fault::Fault;
use crate::handle::{OnlyUp, Unsigned};

pub(crate) struct FaultyExtended {
    pub(crate) container: Container,
    pub(crate) fault: Fault,
}

impl FaultyExtended {
    fn wanted<'a>(&self, wanted: &Declaration<'a>) -> Declaration<'a> {
        let mut wanted = wanted.clone();
        if self.fault == Fault::IgnoresUnits {
            wanted.unit = None;
        }
        wanted
    }

    fn subject(&self, container: Container) -> Subject {
        let fault = self.fault;
        Subject::new(Arc::new(Faulty::new(container.clone(), fault)))
            .with_extended(Arc::new(Self { container, fault }))
    }

    fn family(&self, inner: Arc<dyn FamilyHandle>) -> Arc<dyn FamilyHandle> {
        Arc::new(FaultyFamily {
            inner,
            fault: self.fault,
        })
    }

    fn labels<'a>(&self, labels: &'a [(&'a str, &'a str)]) -> &'a [(&'a str, &'a str)] {
        match self.fault {
            Fault::ForgetsScopeLabels => &[],
            _ => labels,
        }
    }
}

impl Extended for FaultyExtended {
    fn try_create(&self, wanted: &Declaration<'_>) -> Result<Handle, Error> {
        Extended::try_create(&self.container, &self.wanted(wanted))
    }

    fn create(&self, wanted: &Declaration<'_>) -> Handle {
        match (wanted.kind, self.fault) {
            (MetricKind::FloatCounter, Fault::AddsNegativeAmounts) => {
                let counter = self.container.float_counter(wanted.name).build();
                Handle::FloatCounter(Box::new(Unsigned(counter)))
            }
            (MetricKind::UpDownCounter, Fault::NeverFalls) => {
                let counter = self.container.up_down_counter(wanted.name).build();
                Handle::UpDownCounter(Box::new(OnlyUp(counter)))
            }
            _ => Extended::create(&self.container, &self.wanted(wanted)),
        }
    }

    fn try_create_family(
        &self,
        wanted: &Declaration<'_>,
        label_names: &[&str],
    ) -> Result<Arc<dyn FamilyHandle>, Error> {
        let family = self.container.try_create_family(wanted, label_names)?;
        Ok(self.family(family))
    }

    fn create_family(
        &self,
        wanted: &Declaration<'_>,
        label_names: &[&str],
    ) -> Arc<dyn FamilyHandle> {
        self.family(self.container.create_family(wanted, label_names))
    }

    fn try_scope(&self, prefix: &str, labels: &[(&str, &str)]) -> Result<Subject, Error> {
        let scope = self.container.try_scope(prefix, self.labels(labels))?;
        Ok(self.subject(scope))
    }

    fn scope(&self, prefix: &str, labels: &[(&str, &str)]) -> Subject {
        self.subject(self.container.scope(prefix, self.labels(labels)))
    }
}
