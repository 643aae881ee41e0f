//! What the library says of itself: mistakes that were counted, not thrown.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use dynamometer_cells::ForkLock;

use crate::catalogue::self_metrics as names;
use crate::collector::Collector;
use crate::container::Container;
use crate::error::{Error, ErrorKind};
use crate::family::CounterVec;
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
}

impl Dropped {
    const ALL: [Self; 6] = [
        Self::NotANumber,
        Self::Negative,
        Self::UnknownState,
        Self::ExemplarUnwanted,
        Self::ExemplarContended,
        Self::ExemplarTooLong,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::NotANumber => "nan",
            Self::Negative => "negative",
            Self::UnknownState => "unknown_state",
            Self::ExemplarUnwanted => "exemplar_unwanted",
            Self::ExemplarContended => "exemplar_contended",
            Self::ExemplarTooLong => "exemplar_too_long",
        }
    }
}

struct SelfMetrics {
    overflows: CounterVec,
    collector_panics: Counter,
    container: Container,
    registration_errors: Vec<(ErrorKind, Counter)>,
    dropped: Vec<(Dropped, Counter)>,
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
        SelfMetrics {
            overflows,
            collector_panics: counter(names::DROPPED_SAMPLES_TOTAL, "collector_panic"),
            registration_errors: ErrorKind::ALL.iter().map(reason).collect(),
            dropped: Dropped::ALL.map(dropped).into(),
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
    let mut all = get().dropped.iter();
    if let Some((_, counter)) = all.find(|(known, _)| *known == reason) {
        counter.inc();
    }
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
    let kind = error.kind();
    if let Some((_, counter)) = get()
        .registration_errors
        .iter()
        .find(|(known, _)| *known == kind)
    {
        counter.inc();
    }
    if is_new(name, kind) {
        log::warn!("metric {name:?} is not registered, its handle is detached: {error}");
    }
}

fn is_new(name: &str, kind: ErrorKind) -> bool {
    static LOGGED: ForkLock<BTreeSet<(String, ErrorKind)>> = ForkLock::new(BTreeSet::new());
    let mut logged = LOGGED.lock();
    logged.len() < MOST_LOGGED && logged.insert((name.to_owned(), kind))
}
