//! The page of a C++ registry, with what only Rust knows of its series.

use std::collections::HashMap;
use std::sync::Arc;

use dynamometer_cells::Series;
use dynamometer_exposition::{
    Desc, ExponentialCounts, ExponentialValue, Family, HistogramValue, Kind, LabelColumn,
    SeriesLabels, Snapshot, SummaryValue, Value, Values,
};
use dynamometer_libnv::backend::{self, ExposedKind, FamilySnapshot};

use super::Remote;
use crate::registry::families::Registry;
use crate::registry::snapshot::Columns;
use crate::registry::{Layout, reading};

impl Remote {
    /// The values of all series there, those of C++ among them.
    ///
    /// `None` where nothing is kept there.
    pub(crate) fn snapshot(&self, registry: &Registry) -> Option<Snapshot> {
        let families = match self.backend()?.snapshot() {
            Ok(families) => families,
            Err(error) => {
                log::error!("the C++ registry can not be read: {error}");
                Vec::new()
            }
        };
        let known = registry.columns();
        let names = known.iter().flat_map(|columns| {
            let names = columns.names().map(str::to_owned);
            names.map(move |name| (name, columns))
        });
        let by_name: HashMap<String, &Columns> = names.collect();
        let exposed = |family: FamilySnapshot| {
            let known = by_name.get(&family.name);
            let exposed = expose(family);
            match known {
                Some(known) => complete(exposed, known),
                None => exposed,
            }
        };
        Some(families.into_iter().map(exposed).collect())
    }
}

/// The labels of a family's series, as they are written.
#[derive(Debug)]
struct Written(Vec<String>);

impl LabelColumn for Written {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn labels(&self, index: usize) -> SeriesLabels<'_> {
        SeriesLabels::of_text(&self.0[index])
    }
}

fn expose(family: FamilySnapshot) -> Family {
    let desc = Desc::new(family.name, kind_of(family.kind))
        .help(family.help)
        .unit_text(&family.unit);
    let labels = Arc::new(Written(family.labels));
    let mut exposed = Family::new(desc, labels, values_of(family.values));
    if !family.created.is_empty() {
        exposed = exposed.with_created(family.created);
    }
    if !family.timestamps.is_empty() {
        exposed = exposed.with_timestamps(family.timestamps);
    }
    exposed
}

fn kind_of(kind: ExposedKind) -> Kind {
    match kind {
        ExposedKind::Counter => Kind::Counter,
        ExposedKind::Gauge => Kind::Gauge,
        ExposedKind::Histogram => Kind::Histogram,
        ExposedKind::Info => Kind::Info,
        ExposedKind::StateSet => Kind::StateSet,
        ExposedKind::Summary => Kind::Summary,
        _ => Kind::Unknown,
    }
}

fn values_of(values: backend::Values) -> Values {
    match values {
        backend::Values::Unsigned(values) => Values::Unsigned(values),
        backend::Values::Signed(values) => Values::Signed(values),
        backend::Values::Histogram(values) => Values::Histogram(histograms(values)),
        backend::Values::Exponential(values) => {
            Values::Exponential(values.into_iter().map(exponential).collect())
        }
        backend::Values::Summary(values) => Values::Summary(
            values
                .into_iter()
                .map(|value| SummaryValue::new(value.quantiles, value.sum, value.count))
                .collect(),
        ),
        backend::Values::Float(values) => Values::Float(values),
        _ => Values::Float(Vec::new()),
    }
}

fn histograms(values: Vec<backend::HistogramValue>) -> Vec<HistogramValue> {
    // Mostly they all have the bounds of the first.
    let mut shared: Arc<[f64]> = Arc::default();
    let value = |value: backend::HistogramValue| {
        if *shared != *value.bounds {
            shared = value.bounds.into();
        }
        HistogramValue::new(Arc::clone(&shared), value.counts, value.sum)
    };
    values.into_iter().map(value).collect()
}

fn exponential(value: backend::ExponentialValue) -> ExponentialValue {
    let counts = |(first, counts)| ExponentialCounts::new(first, counts);
    ExponentialValue::new(value.schema, value.sum)
        .zero(value.zero_threshold, value.zero_count)
        .positive(counts(value.positive))
        .negative(counts(value.negative))
}

/// Adds what the C++ registry does not have: totals that were set here, when series
/// began anew, and exemplars.
fn complete(family: Family, known: &Columns) -> Family {
    let wants_exemplars = known.keeps_exemplars;
    let wants_totals = known.instrument.is_counter() && Series::any_adjusted();
    if (!wants_exemplars && !wants_totals) || matches!(known.layout, Layout::States(_)) {
        return family;
    }
    let by_labels: HashMap<&str, &Arc<Series>> = known
        .series
        .iter()
        .map(|series| (series.text(), series))
        .collect();
    let series: Vec<Option<&Arc<Series>>> = (0..family.len())
        .map(|at| {
            by_labels
                .get(&*family.labels().labels(at).to_set().into_text())
                .copied()
        })
        .collect();
    let mut family = family;
    if wants_totals {
        family = with_totals(&family, &series);
    }
    if wants_exemplars {
        let exemplars = series.iter().map(|series| match series {
            Some(series) => reading::exemplars_of(series),
            None => Box::default(),
        });
        family = family.with_exemplars(exemplars.collect::<Vec<_>>());
    }
    family
}

/// The counters with the totals that were set here.
fn with_totals(family: &Family, series: &[Option<&Arc<Series>>]) -> Family {
    let by = series
        .iter()
        .map(|series| series.map_or(0, |series| series.adjustment()));
    let samples = family.samples().zip(by);
    let mut values = (Vec::new(), Vec::new());
    for (sample, by) in samples {
        match sample.value {
            Value::Float(value) => values.1.push(value + f64::from_bits(by)),
            Value::Unsigned(value) => values.0.push(value.wrapping_add(by)),
            _ => {}
        }
    }
    let values = match values {
        (unsigned, float) if float.is_empty() => Values::Unsigned(unsigned),
        (_, float) => Values::Float(float),
    };
    let unknown = || vec![f64::NAN; series.len()];
    let mut created = family
        .created()
        .map_or_else(unknown, |created| created.to_vec());
    for (created, series) in created.iter_mut().zip(series) {
        if let Some(restarted) = series.and_then(|series| series.restarted()) {
            *created = restarted;
        }
    }
    family.with_values(values).with_created(created)
}
