//! The objects of a family's series: the same one for the same series.
#![allow(unsafe_code, reason = "asks series that an object keeps alive")]

use std::collections::HashMap;

use dynamometer::binding::is_removed;
use dynamometer_cells::Series;
use foldhash::fast::FixedState;
use pyo3::prelude::*;

use super::kind::Child;

/// Objects before those of removed series are first let go.
const FIRST_PRUNED: usize = 64;

/// Objects by where their series lies. An object has a share in its series, so no
/// other comes to lie there while it is here.
#[derive(Default)]
pub(crate) struct Children {
    by_series: HashMap<usize, Py<PyAny>, FixedState>,
    prune_at: usize,
}

impl Children {
    /// The object of the series that lies there.
    pub(crate) fn get(&self, series: *const Series) -> Option<&Py<PyAny>> {
        self.by_series.get(&series.addr())
    }

    /// Keeps an object; not that of the overflow series, which is of no values.
    pub(crate) fn keep(&mut self, py: Python<'_>, child: &Child) {
        if child.series.is_null() || !child.is_own {
            return;
        }
        if self.by_series.len() >= self.prune_at.max(FIRST_PRUNED) {
            self.by_series.retain(|series, _| {
                let series = std::ptr::with_exposed_provenance::<Series>(*series);
                // SAFETY: the object beside it keeps the series.
                !is_removed(unsafe { &*series })
            });
            self.prune_at = 2 * self.by_series.len();
        }
        let address = child.series.expose_provenance();
        self.by_series.insert(address, child.object.clone_ref(py));
    }

    /// Lets the object of a series go.
    pub(crate) fn forget(&mut self, series: *const Series) -> Option<Py<PyAny>> {
        self.by_series.remove(&series.addr())
    }

    /// Lets all objects go, and returns them: they are dropped elsewhere.
    pub(crate) fn take(&mut self) -> HashMap<usize, Py<PyAny>, FixedState> {
        std::mem::take(&mut self.by_series)
    }
}
