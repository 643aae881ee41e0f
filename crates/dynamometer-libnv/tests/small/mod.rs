//! A host that has just what a test of the boundary asks for.

use std::collections::BTreeMap;
use std::ffi::CStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use dynamometer_cells::{Bounds, Options, Series};
use dynamometer_libnv::Error;
use dynamometer_libnv::abi::Status;
use dynamometer_libnv::host::{
    Adopted, Buckets, Dropped, Family, Host, Kind, Page, Request, Source,
};

pub(crate) static DROPPED: AtomicU64 = AtomicU64::new(0);

/// A container of single series.
#[derive(Default)]
pub(crate) struct Small {
    pub(crate) series: Mutex<BTreeMap<String, Arc<Series>>>,
    pub(crate) sources: Mutex<Vec<Source>>,
    pub(crate) reports: Mutex<Vec<String>>,
}

pub(crate) struct SmallFamily {
    name: String,
    kind: Kind,
    buckets: Buckets,
}

impl Family for SmallFamily {
    fn kind(&self) -> Kind {
        self.kind
    }

    fn buckets(&self) -> Buckets {
        self.buckets.clone()
    }
}

impl Small {
    fn key(family: &SmallFamily, values: &[&str]) -> String {
        format!("{}{values:?}", family.name)
    }

    fn make(family: &SmallFamily) -> Arc<Series> {
        let options = Options::default();
        let made = match family.kind {
            kind if kind.is_set() => Series::set(options),
            Kind::UpDownCounter => Series::new(2, options),
            Kind::Histogram | Kind::ExponentialHistogram => {
                Series::new(family.buckets.count() + 1, options)
            }
            _ => Series::new(1, options),
        };
        made.unwrap()
    }
}

impl Host for Small {
    type Family = SmallFamily;

    const BACKEND: &'static CStr = c"small";

    fn check_scope(&self, request: &Request<'_>) -> Result<(), Error> {
        match request.prefixes.as_slice() {
            ["@@"] => Err(Error::new(Status::INVALID_NAME, "no prefix").with_existing("a gauge")),
            _ => Ok(()),
        }
    }

    fn family(&self, request: &Request<'_>) -> Result<SmallFamily, Error> {
        assert_ne!(request.name, "panic", "a host that panics");
        let bounds = request.bounds.unwrap_or(&[1.0]);
        Ok(SmallFamily {
            name: request.name.to_owned(),
            kind: request.kind,
            buckets: match request.kind {
                Kind::Histogram => Buckets::Explicit(Arc::new(Bounds::new(bounds).unwrap())),
                Kind::ExponentialHistogram => Buckets::Exponential(Arc::default()),
                _ => Buckets::None,
            },
        })
    }

    fn look_up(&self, family: &SmallFamily, values: &[&str]) -> Result<Arc<Series>, Error> {
        let mut all = self.series.lock().unwrap();
        let series = all.entry(Self::key(family, values));
        Ok(Arc::clone(series.or_insert_with(|| Self::make(family))))
    }

    fn adopt(
        &self,
        family: &SmallFamily,
        values: &[&str],
        cells: Adopted,
    ) -> Result<Arc<Series>, Error> {
        let series = match cells.over(Options::default()) {
            Ok(over) => over.unwrap(),
            Err(_) => Self::make(family),
        };
        cells.join(&series);
        let key = Self::key(family, values);
        self.series.lock().unwrap().insert(key, Arc::clone(&series));
        Ok(series)
    }

    fn remove(&self, family: &SmallFamily, values: &[&str]) -> Result<bool, Error> {
        let key = Self::key(family, values);
        Ok(self.series.lock().unwrap().remove(&key).is_some())
    }

    fn page(&self, format: Page) -> Result<Vec<u8>, Error> {
        match format {
            Page::Text => {
                let sources = self.sources.lock().unwrap();
                let texts: Vec<_> = sources.iter().map(|one| one.text().unwrap()).collect();
                Ok(texts.concat().into_bytes())
            }
            _ => Err(Error::new(Status::INVALID_ARGUMENT, "no such page")),
        }
    }

    fn self_page(&self, _: Page) -> Result<Vec<u8>, Error> {
        Ok(b"self".to_vec())
    }

    fn add_source(&self, source: Source) -> Result<(), Error> {
        self.sources.lock().unwrap().push(source);
        Ok(())
    }

    fn remove_source(&self, name: &str) -> bool {
        let mut sources = self.sources.lock().unwrap();
        let before = sources.len();
        sources.retain(|source| source.name() != name);
        sources.len() < before
    }

    fn report(&self, name: &str, error: &Error) {
        self.reports
            .lock()
            .unwrap()
            .push(format!("{name}: {error}"));
    }

    fn count_dropped(reason: Dropped, values: u64) {
        assert_eq!(reason, Dropped::Negative);
        DROPPED.fetch_add(values, Ordering::Relaxed);
    }
}
