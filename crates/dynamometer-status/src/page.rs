//! One page of all containers, each isolated from the others' faults.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use dynamometer::catalogue::{self, self_metrics::SCRAPE_DURATION_SECONDS};
use dynamometer::openmetrics::Created;
use dynamometer::protobuf::Encoder;
use dynamometer::{
    Format, Histogram, MetricContainer, Snapshot, openmetrics, protobuf, self_metrics,
};

use crate::journal::Journal;
use crate::names::Names;

/// What `/metrics` shows.
pub(crate) struct Page {
    containers: Vec<Arc<dyn MetricContainer>>,
    /// Whether `OpenMetrics` says when series began.
    created: Created,
    /// How long each page took.
    duration: Histogram,
    /// Keeps what stays the same from one page to the next.
    encoder: Mutex<Encoder>,
    journal: Journal,
}

impl Page {
    pub(crate) fn new(containers: Vec<Arc<dyn MetricContainer>>, created: Created) -> Self {
        Self {
            containers,
            created,
            duration: scrape_duration(),
            encoder: Mutex::default(),
            journal: Journal::default(),
        }
    }

    /// Writes the families asked for, piece by piece, and notes how long it took
    /// for the next page.
    ///
    /// Each piece is given to `next`, which returns a buffer for the one after it;
    /// the first is `buffer`.
    pub(crate) fn render(
        &self,
        format: Format,
        names: &Names,
        buffer: Vec<u8>,
        next: &mut dyn FnMut(Vec<u8>) -> Vec<u8>,
    ) {
        self.duration.time(|| {
            let mut snapshot = self.snapshot();
            if !names.is_empty() {
                snapshot.retain(|family| names.ask_for(family.desc()));
            }
            match format {
                Format::OpenMetrics => {
                    openmetrics::render_in_pieces(&snapshot, self.created, buffer, next);
                }
                Format::Protobuf if names.is_empty() => {
                    next(self.encode(&snapshot, buffer));
                }
                _ => format.render_in_pieces(&snapshot, buffer, next),
            }
        });
    }

    fn encode(&self, snapshot: &Snapshot, buffer: Vec<u8>) -> Vec<u8> {
        match self.encoder.try_lock() {
            Ok(mut encoder) => encoder.render(snapshot, buffer),
            // Another page is being encoded: this one does not wait for it.
            Err(_) => protobuf::render(snapshot, buffer),
        }
    }

    /// Takes a snapshot of each container and puts them together.
    ///
    /// A container that panics is left out, a family that clashes too; both are
    /// logged and the rest is served. The library's own metrics are taken last, so
    /// that they tell of this page, and come first: nothing takes their place.
    fn snapshot(&self) -> Snapshot {
        let taken: Vec<_> = self
            .containers
            .iter()
            .map(|one| self.take(&**one))
            .collect();
        let mut page = self.take(self_metrics());
        for snapshot in taken {
            for conflict in page.merge(snapshot) {
                self.journal.warn(&conflict.to_string());
            }
        }
        page
    }

    fn take(&self, container: &dyn MetricContainer) -> Snapshot {
        catch_unwind(AssertUnwindSafe(|| container.get_metrics())).unwrap_or_else(|_| {
            self.journal.warn("a container panicked and is left out");
            Snapshot::default()
        })
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
