//! What the library says of itself: mistakes that were counted, not thrown.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use dynamometer_cells::ForkLock;

use crate::catalogue::self_metrics as names;
use crate::collector::Collector;
use crate::container::Container;
use crate::error::{Error, ErrorKind};
use crate::family::{CounterVec, GaugeVec};
use crate::handle::{Counter, Gauge};
use crate::registry::series_in_process;

/// Mistakes that are logged; further ones are only counted.
const MOST_LOGGED: usize = 1000;

/// Why a sample was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    NotANumber,
    Negative,
    UnknownState,
    /// The family keeps no exemplars.
    ExemplarUnwanted,
    /// Another exemplar was being written.
    ExemplarContended,
    /// Its labels are too long or too many.
    ExemplarTooLong,
    /// What a source returned can be on no page.
    SourceInvalid,
    /// What a source returned clashes with what is there.
    SourceConflict,
}

impl Dropped {
    const ALL: [Self; 8] = [
        Self::NotANumber,
        Self::Negative,
        Self::UnknownState,
        Self::ExemplarUnwanted,
        Self::ExemplarContended,
        Self::ExemplarTooLong,
        Self::SourceInvalid,
        Self::SourceConflict,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::NotANumber => "nan",
            Self::Negative => "negative",
            Self::UnknownState => "unknown_state",
            Self::ExemplarUnwanted => "exemplar_unwanted",
            Self::ExemplarContended => "exemplar_contended",
            Self::ExemplarTooLong => "exemplar_too_long",
            Self::SourceInvalid => "source_invalid",
            Self::SourceConflict => "source_conflict",
        }
    }
}

struct SelfMetrics {
    overflows: CounterVec,
    collector_panics: Counter,
    container: Container,
    registration_errors: Vec<(ErrorKind, Counter)>,
    dropped: Vec<(Dropped, Counter)>,
    source_up: GaugeVec,
    source_duration: GaugeVec,
}

/// The container of the library's own metrics, `dynamometer_*`.
///
/// One per process. The status server puts it on every `/metrics` page.
pub fn self_metrics() -> &'static Container {
    &get().container
}

fn get() -> &'static SelfMetrics {
    static SELF: OnceLock<SelfMetrics> = OnceLock::new();
    SELF.get_or_init(|| {
        // Without a prefix: the catalogue's names are whole.
        let container = Container::new("");
        let help = |name: &str| crate::catalogue::find(name).map_or("", |metric| metric.help);
        let counter = |name: &str, reason: &str| {
            let help = help(name);
            let built = container
                .counter(name)
                .help(help)
                .label("reason", reason)
                .try_build();
            // A mistake here must not report itself: it would come back here.
            built.unwrap_or_else(|_| Counter::noop())
        };
        let reason = |kind: &ErrorKind| {
            (
                *kind,
                counter(names::REGISTRATION_ERRORS_TOTAL, kind.as_str()),
            )
        };
        let dropped = |why: Dropped| (why, counter(names::DROPPED_SAMPLES_TOTAL, why.as_str()));
        let overflows = container
            .counter(names::CARDINALITY_OVERFLOW_TOTAL)
            .help(help(names::CARDINALITY_OVERFLOW_TOTAL))
            .vec(&["family"]);
        let series = container
            .gauge(names::SERIES)
            .help(help(names::SERIES))
            .build();
        container.add_collector(SeriesCollector(series));
        let of_source = |name| container.gauge(name).help(help(name)).vec(&["source"]);
        SelfMetrics {
            overflows,
            collector_panics: counter(names::DROPPED_SAMPLES_TOTAL, "collector_panic"),
            registration_errors: ErrorKind::ALL.iter().map(reason).collect(),
            dropped: Dropped::ALL.map(dropped).into(),
            source_up: of_source(names::SOURCE_UP),
            source_duration: of_source(names::SOURCE_DURATION_SECONDS),
            container,
        }
    })
}

/// Counts the series of this process when somebody looks.
struct SeriesCollector(Gauge);

impl Collector for SeriesCollector {
    fn collect(&self) {
        self.0.set(series_in_process() as f64);
    }
}

/// Counts a dropped sample.
#[cold]
#[inline(never)]
pub(crate) fn count_dropped(reason: Dropped) {
    count_all_dropped(reason, 1);
}

/// Counts so many dropped samples.
pub(crate) fn count_all_dropped(reason: Dropped, samples: u64) {
    let mut all = get().dropped.iter();
    if let Some((_, counter)) = all.find(|(known, _)| *known == reason) {
        counter.inc_by(samples);
    }
}

/// Whether a source is up, and how long its last read took.
pub(crate) fn source_gauges(source: &str) -> (Gauge, Gauge) {
    let metrics = get();
    let of = |family: &GaugeVec| family.with_label_values(&[source]).keep();
    (of(&metrics.source_up), of(&metrics.source_duration))
}

/// Takes what is said of a source off the page.
pub(crate) fn remove_source_gauges(source: &str) {
    let metrics = get();
    metrics.source_up.remove(&[source]);
    metrics.source_duration.remove(&[source]);
}

/// The counter of look-ups that went to the overflow series of `family`.
#[cold]
pub(crate) fn overflow_counter(family: &str) -> Counter {
    // Its own overflow is not counted: it would come back here.
    if family == names::CARDINALITY_OVERFLOW_TOTAL {
        return Counter::noop();
    }
    get().overflows.with_label_values(&[family]).keep()
}

/// Counts a collector that panicked.
#[cold]
pub(crate) fn count_collector_panic() {
    get().collector_panics.inc();
}

/// Counts a refused registration and logs it, once for each name and kind.
#[cold]
pub(crate) fn report(name: &str, error: &Error) {
    if counted_is_new(name, error.kind()) {
        log::warn!("metric {name:?} is not registered, its handle is detached: {error}");
    }
}

/// Counts a source that is not attached and logs it, once for each name and kind.
#[cold]
pub(crate) fn report_source(name: &str, error: &Error) {
    if counted_is_new(name, error.kind()) {
        log::warn!("source {name:?} is not attached: {error}");
    }
}

/// Counts a refusal; true where it should be logged.
fn counted_is_new(name: &str, kind: ErrorKind) -> bool {
    let mut all = get().registration_errors.iter();
    if let Some((_, counter)) = all.find(|(known, _)| *known == kind) {
        counter.inc();
    }
    is_new(name, kind)
}

fn is_new(name: &str, kind: ErrorKind) -> bool {
    static LOGGED: ForkLock<BTreeSet<(String, ErrorKind)>> = ForkLock::new(BTreeSet::new());
    let mut logged = LOGGED.lock();
    logged.len() < MOST_LOGGED && logged.insert((name.to_owned(), kind))
}
