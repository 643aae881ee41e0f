//! One walk through a registry.

use pyo3::exceptions::PySystemExit;
use pyo3::prelude::*;

use crate::error::invalid_type;
use crate::source::filter::NameFilter;
use crate::source::registry::draft::Draft;

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// The families that are wanted.
    pub(super) drafts: Vec<Draft>,
    /// Collectors and families that raised, or are none.
    pub(super) errors: u64,
}

impl Collected {
    /// Walks through `registry.collect()`, or through its collectors one by one
    /// where one of them raises: the others are read all the same.
    ///
    /// # Errors
    ///
    /// What it raises, where the collectors of a registry are not known.
    pub(super) fn of(registry: &Bound<'_, PyAny>, filter: &NameFilter) -> PyResult<Self> {
        let mut collected = Self::default();
        let Err(error) = collected.add(registry, filter) else {
            return Ok(collected);
        };
        // At the end of the interpreter a collector that does not end is made to.
        let is_stopped = error.is_instance_of::<PySystemExit>(registry.py());
        let collectors = registry.getattr("_collector_to_names").ok();
        let Some(collectors) = collectors.filter(|_| !is_stopped) else {
            return Err(error);
        };
        // Another thread may register one meanwhile.
        let collectors: Vec<Bound<'_, PyAny>> = collectors
            .call_method0("copy")?
            .try_iter()?
            .collect::<PyResult<_>>()?;
        collected = Self::default();
        for collector in collectors {
            if let Err(error) = collected.add(&collector, filter) {
                collected.errors += 1;
                error.write_unraisable(registry.py(), Some(&collector));
            }
        }
        Ok(collected)
    }

    /// Adds all that a registry or a collector collects.
    fn add(&mut self, collector: &Bound<'_, PyAny>, filter: &NameFilter) -> PyResult<()> {
        for metric in collector.call_method0("collect")?.try_iter()? {
            let metric = metric?;
            match Draft::read(&metric, filter) {
                Ok(draft) => self.drafts.extend(draft),
                Err(error) => {
                    self.errors += 1;
                    error.write_unraisable(metric.py(), Some(&metric));
                }
            }
        }
        Ok(())
    }
}

/// Refuses what can not be collected.
pub(super) fn check(registry: &Bound<'_, PyAny>) -> PyResult<()> {
    let collect = registry.getattr("collect");
    if collect.is_ok_and(|collect| collect.is_callable()) {
        return Ok(());
    }
    let of = registry.get_type();
    let message = format!("{of} can not be attached: a registry has a method collect()");
    Err(invalid_type(registry.py(), &message))
}
