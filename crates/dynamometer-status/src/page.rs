//! One page of all containers, each isolated from the others' faults.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use dynamometer::catalogue::{self, self_metrics::SCRAPE_DURATION_SECONDS};
use dynamometer::{Format, Histogram, MetricContainer, Snapshot, self_metrics};

use crate::names::Names;

/// What `/metrics` shows.
pub(crate) struct Page {
    containers: Vec<Arc<dyn MetricContainer>>,
    /// How long each page took.
    duration: Histogram,
}

impl Page {
    pub(crate) fn new(mut containers: Vec<Arc<dyn MetricContainer>>) -> Self {
        containers.push(Arc::new(self_metrics().clone()));
        Self {
            containers,
            duration: scrape_duration(),
        }
    }

    /// Writes the families asked for over what `buffer` holds, and notes how long it took for
    /// the next page.
    pub(crate) fn render(&self, format: Format, names: &Names, buffer: Vec<u8>) -> Vec<u8> {
        self.duration.time(|| {
            let mut snapshot = self.snapshot();
            if !names.is_empty() {
                snapshot.retain(|family| names.ask_for(family.desc()));
            }
            format.render(&snapshot, buffer)
        })
    }

    /// Takes a snapshot of each container and puts them together.
    ///
    /// A container that panics is left out, a family that clashes too; both are
    /// logged and the rest is served.
    fn snapshot(&self) -> Snapshot {
        let mut page = Snapshot::default();
        for container in &self.containers {
            match catch_unwind(AssertUnwindSafe(|| container.get_metrics())) {
                Ok(snapshot) => {
                    for conflict in page.merge(snapshot) {
                        log::warn!("/metrics: {conflict}");
                    }
                }
                Err(_) => log::error!("/metrics: a container panicked and is left out"),
            }
        }
        page
    }
}

fn scrape_duration() -> Histogram {
    let histogram = self_metrics().histogram(SCRAPE_DURATION_SECONDS);
    match catalogue::find(SCRAPE_DURATION_SECONDS) {
        Some(metric) => histogram.help(metric.help).buckets(metric.buckets).build(),
        None => histogram.build(),
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("containers", &self.containers.len())
            .finish_non_exhaustive()
    }
}
