//! The collectors of one container.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use dynamometer_cells::ForkLock;

use crate::collector::Collector;
use crate::self_metrics;

/// Collectors, called in the order in which they were added.
pub(crate) struct Collectors(ForkLock<Vec<Arc<dyn Collector>>>);

impl Collectors {
    pub(crate) fn add(&self, collector: Arc<dyn Collector>) {
        self.0.lock().push(collector);
    }

    /// Calls all, outside every lock. One that panics takes nobody else down.
    pub(crate) fn collect(&self) {
        let all = self.0.lock().clone();
        for collector in all {
            if catch_unwind(AssertUnwindSafe(|| collector.collect())).is_err() {
                self_metrics::count_collector_panic();
            }
        }
    }
}

impl Default for Collectors {
    fn default() -> Self {
        Self(ForkLock::new(Vec::new()))
    }
}

impl fmt::Debug for Collectors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Collectors").finish_non_exhaustive()
    }
}
