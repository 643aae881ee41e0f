//! The outside is a C++ registry.

use std::sync::Arc;

use dynamometer_cells::{Full, Options, Series, Storage};
use dynamometer_libnv::backend::{self, Backend, Granted};
use dynamometer_libnv::host::{Exponential, Kind, Request as CxxRequest};

use crate::error::Error;
use crate::registry::{Instrument, Layout, Request, Schema};

/// The C++ registry that keeps the families of a container, if one does.
#[derive(Debug, Default)]
pub(crate) struct Remote(Option<Arc<Backend>>);

/// A family there.
#[derive(Debug)]
pub(crate) struct RemoteFamily(Option<backend::Family>);

/// A series there, whose cells may be recorded to.
#[derive(Debug)]
pub(crate) struct Grant(Granted);

impl Remote {
    pub(crate) fn new(backend: Arc<Backend>) -> Self {
        Self(Some(backend))
    }

    pub(crate) fn backend(&self) -> Option<&Arc<Backend>> {
        self.0.as_ref()
    }

    pub(crate) fn is_there(&self) -> bool {
        self.0.is_some()
    }

    /// Declares a family that was checked here; there it may clash with one of C++.
    pub(crate) fn declare(
        &self,
        request: &Request<'_>,
        schema: &Schema,
    ) -> Result<RemoteFamily, Error> {
        let Some(backend) = &self.0 else {
            return Ok(RemoteFamily(None));
        };
        let (mut bounds, mut exponential, mut states) = (None, None, Vec::new());
        match &request.layout {
            Layout::Plain => {}
            Layout::Buckets(explicit) => bounds = Some(explicit.upper()),
            Layout::Exponential(buckets) => {
                let layout = buckets.layout();
                exponential = Some(Exponential {
                    schema: layout.schema,
                    min_exponent: layout.min_exponent,
                    max_exponent: layout.max_exponent,
                    is_signed: layout.is_signed,
                });
            }
            Layout::States(all) => states = all.names().iter().map(|state| &**state).collect(),
        }
        let constant = schema.constant().iter();
        let family = backend.family(&CxxRequest {
            kind: kind_of(request.instrument),
            is_resolved: true,
            shared_cells: request.options.storage == Some(Storage::Shared),
            exemplars: request.options.exemplars,
            prefixes: Vec::new(),
            name: &request.name.exposed,
            asked: &request.name.asked,
            help: request.help,
            unit: request.unit.map_or("", |unit| unit.as_str()),
            labels: constant.map(|(name, value)| (&**name, &**value)).collect(),
            label_names: schema.names().iter().map(|name| &**name).collect(),
            bounds,
            exponential,
            states,
            aliases: request.aliases.iter().map(String::as_str).collect(),
            limit: request.options.limit,
            expire_after: request.options.expire_after,
        })?;
        Ok(RemoteFamily(Some(family)))
    }

    /// Removes a series; not one that C++ has a handle on, where `spares_kept`.
    pub(crate) fn remove(&self, family: &str, labels: &str, spares_kept: bool) {
        if let Some(backend) = &self.0 {
            backend.remove(family, labels, spares_kept);
        }
    }
}

impl RemoteFamily {
    /// Asks for the series with these values, if it is to be asked for there.
    pub(crate) fn grant<V: AsRef<str>>(&self, values: &[V]) -> Result<Option<Grant>, Error> {
        let Some(family) = &self.0 else {
            return Ok(None);
        };
        let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
        Ok(Some(Grant(family.look_up(&values)?)))
    }
}

impl Grant {
    /// The labels of the series, as the text of a key.
    pub(crate) fn labels(&self) -> String {
        self.0.labels()
    }

    pub(crate) fn into_series(self, options: Options) -> Result<Arc<Series>, Full> {
        self.0.into_series(options)
    }
}

const fn kind_of(instrument: Instrument) -> Kind {
    match instrument {
        Instrument::Counter => Kind::Counter,
        Instrument::FloatCounter => Kind::FloatCounter,
        Instrument::UpDownCounter => Kind::UpDownCounter,
        Instrument::Gauge => Kind::Gauge,
        Instrument::Histogram => Kind::Histogram,
        Instrument::ExponentialHistogram => Kind::ExponentialHistogram,
        Instrument::Info => Kind::Info,
        Instrument::StateSet => Kind::StateSet,
    }
}
