//! Reading series: one pass over all cells, then the values family by family.

use std::sync::Arc;
use std::time::Duration;

use dynamometer_cells::{ExemplarSlot, Place, Plan, Series, Stretches, Sums};
use dynamometer_exposition::{Exemplar, HistogramValue, LabelSet, Value, Values};

use crate::handle::Distribution as _;
use crate::registry::{Instrument, Layout};

/// Where the sums of one family's series will be.
#[derive(Clone, Debug)]
pub(crate) enum Places {
    /// Each by itself.
    Each(Vec<Place>),
    /// All side by side, as the stretches say.
    Together(Place, Arc<Stretches>),
}

/// Plans to read `series`, all of one family.
pub(crate) fn plan(plan: &mut Plan, instrument: Instrument, series: &[Arc<Series>]) -> Places {
    let series = series.iter();
    Places::Each(match instrument {
        Instrument::Counter => series.map(|series| plan.counter(series)).collect(),
        Instrument::FloatCounter => series.map(|series| plan.float(series)).collect(),
        Instrument::UpDownCounter => series.map(|series| plan.up_down(series)).collect(),
        Instrument::Histogram | Instrument::ExponentialHistogram => {
            series.map(|series| plan.histogram(series)).collect()
        }
        // One shared cell each: they are read, not summed.
        Instrument::Gauge | Instrument::Info | Instrument::StateSet => Vec::new(),
    })
}

/// Plans to read a family of counters, none of which was given a total.
pub(crate) fn plan_together(
    plan: &mut Plan,
    instrument: Instrument,
    all: &Arc<Stretches>,
) -> Places {
    let place = match instrument {
        Instrument::FloatCounter => plan.floats(all),
        _ => plan.counters(all),
    };
    Places::Together(place, Arc::clone(all))
}

/// The values of `series`, planned at `places`.
pub(crate) fn values(
    instrument: Instrument,
    layout: &Layout,
    series: &[Arc<Series>],
    places: &Places,
    sums: &Sums,
) -> Values {
    let places = match places {
        Places::Each(places) => places,
        Places::Together(place, all) if instrument == Instrument::FloatCounter => {
            return Values::Float(sums.floats(*place, all));
        }
        Places::Together(place, all) => return Values::Unsigned(sums.counters(*place, all)),
    };
    let placed = || places.iter().copied();
    match instrument {
        Instrument::Counter => Values::Unsigned(placed().map(|at| sums.counter(at)).collect()),
        Instrument::FloatCounter => Values::Float(placed().map(|at| sums.float(at)).collect()),
        Instrument::UpDownCounter => Values::Signed(placed().map(|at| sums.up_down(at)).collect()),
        // Whatever is in the cell: a fact is true from the start.
        Instrument::Info => Values::Float(vec![1.0; series.len()]),
        Instrument::Gauge => {
            let values = series.iter().map(|series| f64::from_bits(series.bits()));
            Values::Float(values.collect())
        }
        Instrument::StateSet => Values::Unsigned(series.iter().map(|one| one.bits()).collect()),
        Instrument::Histogram | Instrument::ExponentialHistogram => {
            histograms(layout, places, sums)
        }
    }
}

fn histograms(layout: &Layout, places: &[Place], sums: &Sums) -> Values {
    let placed = places.iter().map(|place| sums.histogram(*place));
    match layout {
        Layout::Buckets(bounds) => {
            let upper: Arc<[f64]> = bounds.upper().into();
            let value = |(sum, counts): (f64, &[u64])| {
                HistogramValue::new(Arc::clone(&upper), counts.iter().copied(), sum)
            };
            Values::Histogram(placed.map(value).collect())
        }
        Layout::Exponential(buckets) => {
            let value = |(sum, counts)| buckets.value(sum, counts);
            Values::Exponential(placed.map(value).collect())
        }
        Layout::Plain | Layout::States(_) => Values::Histogram(Vec::new()),
    }
}

/// Reads `series` now, and nothing else.
pub(crate) fn read(instrument: Instrument, layout: &Layout, series: &[Arc<Series>]) -> Values {
    let mut all = Plan::new();
    let places = plan(&mut all, instrument, series);
    values(instrument, layout, series, &places, &all.run())
}

/// For each value a number that changes when it does.
pub(crate) fn marks(values: &Values) -> impl Iterator<Item = u64> {
    (0..values.len()).filter_map(|at| values.get(at)).map(mark)
}

fn mark(value: Value<'_>) -> u64 {
    match value {
        Value::Unsigned(value) => value,
        Value::Signed(value) => value.cast_unsigned(),
        Value::Float(value) => value.to_bits(),
        // The count alone: it changes with every observation.
        Value::Histogram(value) => value.count(),
        Value::Exponential(value) => value.count(),
        _ => 0,
    }
}

/// The exemplars of each series, by value.
pub(crate) fn exemplars(series: &[Arc<Series>]) -> Vec<Box<[Exemplar]>> {
    series.iter().map(|series| exemplars_of(series)).collect()
}

/// The exemplars of a series, by value.
pub(crate) fn exemplars_of(series: &Series) -> Box<[Exemplar]> {
    let stored = series.exemplars().iter().filter_map(ExemplarSlot::read);
    let mut all: Vec<Exemplar> = stored
        .map(|stored| {
            let seconds = Duration::from_nanos(stored.timestamp_ns()).as_secs_f64();
            Exemplar::new(LabelSet::new(stored.labels()), stored.value()).at(seconds)
        })
        .collect();
    all.sort_by(|a, b| a.value().total_cmp(&b.value()));
    all.into()
}
