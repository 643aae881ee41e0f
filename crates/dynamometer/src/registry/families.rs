//! All families of one root container.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use dynamometer_cells::{ForkLock, Key, Series};

use crate::backend::Backend;
use crate::clock::Clock;
use crate::collector::Collectors;
use crate::error::{Error, ErrorKind};
use crate::meeting;
#[cfg(feature = "libnv")]
use crate::registry::family::Over;
use crate::registry::family::{Family, Origin, Removed};
use crate::registry::request::Request;
use crate::registry::schema::Schema;
use crate::registry::{Grant, Remote};
use crate::source::Sources;

/// The suffixes of a histogram's lines; no other family may have such a name.
const HISTOGRAM_SUFFIXES: [&str; 3] = ["_bucket", "_sum", "_count"];

/// The families of a root container and all its scopes.
#[derive(Debug)]
pub(crate) struct Registry {
    /// Tells it from any other of the process.
    pub(crate) number: u64,
    pub(super) families: ForkLock<Families>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) collectors: Collectors,
    pub(crate) sources: Sources,
    /// Where families and series are kept, if that is not here.
    pub(crate) remote: Remote,
    /// The backends of each component's base in this container, by its prefix.
    pub(crate) bases: ForkLock<BTreeMap<String, Vec<Backend>>>,
}

/// What the registry's lock guards.
#[derive(Debug, Default)]
pub(super) struct Families {
    pub(super) by_name: BTreeMap<String, Family>,
    /// Further names, and which family has them.
    aliases: BTreeMap<String, String>,
    declared: u64,
}

impl Families {
    /// The family of this name or alias.
    fn named(&self, name: &str) -> Option<&Family> {
        let name = self.aliases.get(name).map_or(name, String::as_str);
        self.by_name.get(name)
    }
}

impl Registry {
    pub(crate) fn new(clock: Clock, remote: Remote) -> Self {
        static MADE: AtomicU64 = AtomicU64::new(0);
        meeting::prepare();
        Self {
            number: MADE.fetch_add(1, Ordering::Relaxed),
            families: ForkLock::new(Families::default()),
            clock: Arc::new(clock),
            collectors: Collectors::default(),
            sources: Sources::default(),
            remote,
            bases: ForkLock::new(BTreeMap::new()),
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
        let known = families.by_name.get(name);
        if let Some(family) = known {
            family.check(request)?;
        }
        if known.is_none() || !request.aliases.is_empty() {
            check_lines(families, request)?;
        }
        let family = families.by_name.entry(name.clone()).or_insert_with(|| {
            families.declared += 1;
            Family::new(request, families.declared, self.remote.is_there())
        });
        let before = family.set_options(request.options);
        let done = then(family);
        if done.is_ok() {
            family.add_aliases(request);
            for alias in &request.aliases {
                families.aliases.insert(alias.clone(), name.clone());
            }
        } else {
            family.restore_options(before);
        }
        done
    }

    /// Calls `then` with a family that was declared before.
    pub(crate) fn with_family<T>(
        &self,
        name: &str,
        then: impl FnOnce(&mut Family) -> T,
    ) -> Option<T> {
        let (done, removed) = {
            let mut families = self.families.lock();
            let family = families.by_name.get_mut(name)?;
            let done = then(family);
            (done, family.take_removed())
        };
        self.remove_elsewhere(name, removed);
        Some(done)
    }

    /// Removes elsewhere what was removed here.
    fn remove_elsewhere(&self, name: &str, removed: Vec<Removed>) {
        for Removed { series, is_idle } in removed {
            self.remote.remove(name, series.text(), is_idle);
            if !is_idle && let Some(family) = self.families.lock().by_name.get_mut(name) {
                // Asked for anew before it was removed there: it is gone now.
                family.remove_twin(&series);
            }
        }
    }

    /// Returns a series of a family that was declared before, old or new.
    pub(crate) fn series(
        &self,
        name: &str,
        key: Key,
        schema: &Schema,
        grant: Option<Grant>,
    ) -> Result<(Arc<Series>, Origin), Error> {
        let found = self.with_family(name, |family| {
            // Under the lock: it begins after one of this key that was there before.
            let now = self.clock.unix_time().as_secs_f64();
            family.series(key, schema, now, grant)
        });
        found.unwrap_or_else(|| Err(gone(name)))
    }

    /// As `series`; one that is new is made over given cells.
    #[cfg(feature = "libnv")]
    pub(crate) fn series_over(
        &self,
        name: &str,
        key: Key,
        schema: &Schema,
        over: Over<'_>,
    ) -> Result<(Arc<Series>, Origin), Error> {
        let found = self.with_family(name, |family| {
            let now = self.clock.unix_time().as_secs_f64();
            family.series_over(key, schema, now, over)
        });
        found.unwrap_or_else(|| Err(gone(name)))
    }

    /// Removes what is left of some series.
    pub(crate) fn remove_all(&self, series: impl IntoIterator<Item = (Arc<str>, Weak<Series>)>) {
        let mut removed = Vec::new();
        let mut families = self.families.lock();
        for (name, series) in series {
            if let Some(series) = series.upgrade()
                && let Some(family) = families.by_name.get_mut(&*name)
            {
                family.remove(&series);
                removed.extend(
                    family
                        .take_removed()
                        .into_iter()
                        .map(|one| (Arc::clone(&name), one)),
                );
            }
        }
        for family in families.by_name.values_mut() {
            family.members.free();
        }
        drop(families);
        for (name, one) in removed {
            self.remove_elsewhere(&name, vec![one]);
        }
    }
}

fn gone(name: &str) -> Error {
    let message = format!("family {name} is not there any more");
    Error::new(ErrorKind::InvalidName, message)
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

/// Refuses a family whose lines would be read as those of another, under any of
/// their names.
fn check_lines(families: &Families, request: &Request<'_>) -> Result<(), Error> {
    let is_histogram = request.instrument.is_histogram();
    let names = || request.aliases.iter().chain([&request.name.exposed]);
    let is_taken = |name: &str| families.named(name).is_some() || names().any(|own| own == name);
    let is_of_histogram = |name: &str| {
        let own = is_histogram && names().any(|own| own == name);
        own || families.named(name).is_some_and(Family::is_histogram)
    };
    for name in names() {
        check_lines_of(name, is_histogram, is_taken, is_of_histogram)?;
    }
    Ok(())
}

fn check_lines_of(
    name: &str,
    is_histogram: bool,
    is_taken: impl Fn(&str) -> bool,
    is_of_histogram: impl Fn(&str) -> bool,
) -> Result<(), Error> {
    let clash = |other: &str| {
        let message = format!("{name:?} would share lines with the histogram or family {other:?}");
        Err(Error::new(ErrorKind::NameCollision, message))
    };
    for suffix in HISTOGRAM_SUFFIXES {
        if let Some(stem) = name.strip_suffix(suffix)
            && is_of_histogram(stem)
        {
            return clash(stem);
        }
        let line = format!("{name}{suffix}");
        if is_histogram && is_taken(&line) {
            return clash(&line);
        }
    }
    Ok(())
}
