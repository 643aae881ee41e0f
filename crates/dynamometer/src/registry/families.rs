//! All families of one root container.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use dynamometer_cells::{ForkLock, Key, Series};

use crate::clock::Clock;
use crate::collector::Collectors;
use crate::error::{Error, ErrorKind};
use crate::registry::family::{Family, Origin};
use crate::registry::request::Request;
use crate::registry::schema::Schema;

/// The suffixes of a histogram's lines; no other family may have such a name.
const HISTOGRAM_SUFFIXES: [&str; 3] = ["_bucket", "_sum", "_count"];

/// The families of a root container and all its scopes.
#[derive(Debug)]
pub(crate) struct Registry {
    pub(super) families: ForkLock<Families>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) collectors: Collectors,
}

/// What the registry's lock guards.
#[derive(Debug, Default)]
pub(super) struct Families {
    pub(super) by_name: BTreeMap<String, Family>,
    /// Further names, and which family has them.
    aliases: BTreeMap<String, String>,
    declared: u64,
}

impl Registry {
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            families: ForkLock::new(Families::default()),
            clock: Arc::new(clock),
            collectors: Collectors::default(),
        }
    }

    /// Declares a family, or finds it, and calls `then` with it.
    pub(crate) fn declare<T>(
        &self,
        request: &Request<'_>,
        then: impl FnOnce(&mut Family) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut families = self.families.lock();
        let families = &mut *families;
        let name = &request.name.exposed;
        check_aliases(families, request)?;
        if let Some(family) = families.by_name.get(name) {
            family.check(request)?;
        } else {
            check_lines(&families.by_name, request)?;
        }
        let family = families.by_name.entry(name.clone()).or_insert_with(|| {
            families.declared += 1;
            Family::new(request, families.declared)
        });
        family.set_options(request);
        for alias in &request.aliases {
            families.aliases.insert(alias.clone(), name.clone());
        }
        then(family)
    }

    /// Calls `then` with a family that was declared before.
    pub(crate) fn with_family<T>(
        &self,
        name: &str,
        then: impl FnOnce(&mut Family) -> T,
    ) -> Option<T> {
        self.families.lock().by_name.get_mut(name).map(then)
    }

    /// Returns a series of a family that was declared before, old or new.
    pub(crate) fn series(
        &self,
        name: &str,
        key: Key,
        schema: &Schema,
    ) -> Result<(Arc<Series>, Origin), Error> {
        let now = self.clock.unix_time().as_secs_f64();
        let found = self.with_family(name, |family| family.series(key, schema, now));
        found.unwrap_or_else(|| {
            let message = format!("family {name} is not there any more");
            Err(Error::new(ErrorKind::InvalidName, message))
        })
    }

    /// Removes what is left of some series.
    pub(crate) fn remove_all(&self, series: impl IntoIterator<Item = (Arc<str>, Weak<Series>)>) {
        let mut families = self.families.lock();
        for (name, series) in series {
            if let Some(series) = series.upgrade()
                && let Some(family) = families.by_name.get_mut(&*name)
            {
                family.remove(&series);
            }
        }
        for family in families.by_name.values_mut() {
            family.members.free();
        }
    }
}

/// Refuses a name or an alias that stands for something else.
fn check_aliases(families: &Families, request: &Request<'_>) -> Result<(), Error> {
    let name = &request.name.exposed;
    if let Some(of) = families.aliases.get(name) {
        let message = format!("{name:?} is another name of {of:?}");
        return Err(Error::new(ErrorKind::NameCollision, message));
    }
    for alias in &request.aliases {
        let other = families.aliases.get(alias).filter(|of| *of != name);
        if families.by_name.contains_key(alias) || alias == name || other.is_some() {
            let message = format!("{alias:?} can not be another name of {name:?}: it is in use");
            return Err(Error::new(ErrorKind::NameCollision, message));
        }
    }
    Ok(())
}

/// Refuses a family whose lines would be read as those of another.
fn check_lines(families: &BTreeMap<String, Family>, request: &Request<'_>) -> Result<(), Error> {
    for name in request.aliases.iter().chain([&request.name.exposed]) {
        check_lines_of(families, name, request.instrument.is_histogram())?;
    }
    Ok(())
}

fn check_lines_of(
    families: &BTreeMap<String, Family>,
    name: &str,
    is_histogram: bool,
) -> Result<(), Error> {
    let clash = |other: &str| {
        let message = format!("{name:?} would share lines with the histogram or family {other:?}");
        Err(Error::new(ErrorKind::NameCollision, message))
    };
    for suffix in HISTOGRAM_SUFFIXES {
        if let Some(stem) = name.strip_suffix(suffix)
            && families.get(stem).is_some_and(Family::is_histogram)
        {
            return clash(stem);
        }
        let line = format!("{name}{suffix}");
        if is_histogram && families.contains_key(&line) {
            return clash(&line);
        }
    }
    Ok(())
}
