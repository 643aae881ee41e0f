//! A container as the place where C++ metrics go: its names, labels and limits.

use std::ffi::CStr;
use std::sync::Arc;

use dynamometer_cells::{ExponentialLayout, Keep as _, Series, Storage};
use dynamometer_exposition::{Format, Snapshot, Unit};
use dynamometer_libnv::Error as LibnvError;
use dynamometer_libnv::abi::Status;
use dynamometer_libnv::host::{self, Adopted, Host, Page, Request};

use super::family::{CxxFamily, instrument_of};
use crate::DEFAULT_BUCKETS;
use crate::container::Container;
use crate::error::{Error, ErrorKind};
use crate::registration::Declared;
use crate::registry::{FamilyOptions, Instrument, check_labels};
use crate::self_metrics::{self, Dropped};
use crate::source::{Reading as _, Source, SourceError};

/// A container that C++ reports into.
#[derive(Debug)]
pub(super) struct CxxHost(pub(super) Container);

impl CxxHost {
    /// The view of the container behind the scopes of a request.
    fn scope(&self, request: &Request<'_>) -> Result<Container, Error> {
        let mut scope = self.0.clone();
        for prefix in &request.prefixes {
            scope.prefix = scope.prefix.join(prefix)?;
        }
        Ok(scope)
    }
}

impl Host for CxxHost {
    type Family = CxxFamily;

    const BACKEND: &'static CStr = c"prometheus";

    fn check_scope(&self, request: &Request<'_>) -> Result<(), LibnvError> {
        let scope = self.scope(request)?;
        check_labels(&scope.labels, request.labels.iter().copied())?;
        Ok(())
    }

    fn family(&self, request: &Request<'_>) -> Result<CxxFamily, LibnvError> {
        let scope = self.scope(request)?;
        let instrument = instrument_of(request.kind);
        let declared = declared(request, instrument)?;
        // What the name was before it was resolved tells it from others.
        let asked = Some(request.asked).filter(|asked| request.is_resolved && !asked.is_empty());
        let inner = scope.cxx_family(&declared, &request.label_names, instrument, asked)?;
        Ok(CxxFamily(inner))
    }

    fn look_up(&self, family: &CxxFamily, values: &[&str]) -> Result<Arc<Series>, LibnvError> {
        let family = &family.0;
        let found = match family.find(values) {
            Some(found) => found,
            None => family.make(values)?,
        };
        found.share().ok_or_else(|| {
            let message = format!("series of {:?} can not be created", family.name);
            LibnvError::new(Status::EXHAUSTED, message)
        })
    }

    fn adopt(
        &self,
        family: &CxxFamily,
        values: &[&str],
        cells: Adopted,
    ) -> Result<Arc<Series>, LibnvError> {
        Ok(family.0.adopt(values, cells)?)
    }

    fn remove(&self, family: &CxxFamily, values: &[&str]) -> Result<bool, LibnvError> {
        Ok(family.0.remove(values))
    }

    fn page(&self, format: Page) -> Result<Vec<u8>, LibnvError> {
        Ok(self.0.export(format_of(format)))
    }

    fn self_page(&self, format: Page) -> Result<Vec<u8>, LibnvError> {
        Ok(self_metrics::self_metrics().export(format_of(format)))
    }

    fn add_source(&self, source: host::Source) -> Result<(), LibnvError> {
        let name = source.name().to_owned();
        let timeout = source.timeout();
        let builder = self.0.source(&name, CxxSource(source));
        let builder = match timeout {
            Some(timeout) => builder.timeout(timeout),
            None => builder,
        };
        Ok(builder.try_attach()?)
    }

    fn remove_source(&self, name: &str) -> bool {
        self.0.remove_source(name)
    }

    fn report(&self, name: &str, error: &LibnvError) {
        self_metrics::report(name, &Error::from(error.clone()));
    }

    fn count_dropped(reason: host::Dropped, values: u64) {
        let reason = match reason {
            host::Dropped::NotANumber => Dropped::NotANumber,
            host::Dropped::Negative => Dropped::Negative,
            host::Dropped::UnknownState => Dropped::UnknownState,
        };
        self_metrics::count_all_dropped(reason, values);
    }
}

const fn format_of(page: Page) -> Format {
    match page {
        Page::Text => Format::Text,
        Page::OpenMetrics => Format::OpenMetrics,
        Page::Json => Format::Json,
    }
}

fn declared<'a>(request: &'a Request<'_>, instrument: Instrument) -> Result<Declared<'a>, Error> {
    let unit = Some(request.unit).filter(|unit| !unit.is_empty());
    let unit = unit.map(|unit| {
        Unit::of_name(unit).ok_or_else(|| {
            let name = request.name;
            let message = format!("{name:?} can not have {unit:?}: it is no base unit");
            Error::new(ErrorKind::UnitMismatch, message)
        })
    });
    let exponential = request.exponential.map(|layout| ExponentialLayout {
        schema: layout.schema,
        min_exponent: layout.min_exponent,
        max_exponent: layout.max_exponent,
        is_signed: layout.is_signed,
    });
    Ok(Declared {
        name: request.name,
        help: request.help,
        unit: unit.transpose()?,
        labels: request.labels.clone(),
        buckets: match instrument {
            Instrument::Histogram => request.bounds.unwrap_or(DEFAULT_BUCKETS),
            _ => DEFAULT_BUCKETS,
        },
        exponential: exponential.unwrap_or_default(),
        states: &request.states,
        aliases: request.aliases.clone(),
        options: FamilyOptions {
            limit: request.limit,
            expire_after: request.expire_after,
            storage: request.shared_cells.then_some(Storage::Shared),
            exemplars: request.exemplars,
        },
    })
}

/// A source of C++, whose text is read as that of any other.
struct CxxSource(host::Source);

impl Source for CxxSource {
    fn read(&self) -> Result<Snapshot, SourceError> {
        let text = self.0.text().map_err(|error| error.to_string())?;
        text.into_snapshot()
    }
}
