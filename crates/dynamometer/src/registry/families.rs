//! All families of one root container, and their snapshot.

use std::collections::BTreeMap;
use std::sync::Arc;

use dynamometer_cells::{ForkLock, Place, Plan, Sums};
use dynamometer_exposition::{self as exposition, HistogramValue, Snapshot, Values};

use crate::clock::Clock;
use crate::error::{Error, ErrorKind};
use crate::registry::family::{Columns, Family};
use crate::registry::{Cells, Instrument, Request};

/// The suffixes of a histogram's lines; no other family may have such a name.
const HISTOGRAM_SUFFIXES: [&str; 3] = ["_bucket", "_sum", "_count"];

/// The families of a root container and all its scopes.
#[derive(Debug)]
pub(crate) struct Registry {
    families: ForkLock<BTreeMap<String, Family>>,
    pub(crate) clock: Clock,
}

impl Registry {
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            families: ForkLock::new(BTreeMap::new()),
            clock,
        }
    }

    /// Returns the cells of the series asked for, old or new.
    pub(crate) fn register(&self, request: Request<'_>) -> Result<Cells, Error> {
        let mut families = self.families.lock();
        if let Some(family) = families.get_mut(&request.name.exposed) {
            family.check(&request)?;
            return family.series(request.labels);
        }
        check_lines(&families, &request)?;
        let declared = families.len() as u64;
        let mut family = Family::new(&request, declared);
        let cells = family.series(request.labels)?;
        families.insert(request.name.exposed, family);
        Ok(cells)
    }

    /// Sums all series. The lock is held only while the columns are shared.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let columns: Vec<Columns> = self.families.lock().values().map(Family::columns).collect();
        let mut plan = Plan::new();
        let mut places = vec![Vec::new(); columns.len()];
        // In order of declaration: up-down counters nest in that order.
        let mut order: Vec<usize> = (0..columns.len()).collect();
        order.sort_unstable_by_key(|&at| columns[at].declared);
        for at in order {
            places[at] = plan_cells(&mut plan, &columns[at].cells);
        }
        let sums = plan.run();
        let read = |(columns, places): (Columns, Vec<Place>)| {
            let values = values(&columns, &places, &sums);
            exposition::Family::new(columns.desc, columns.labels, values)
        };
        columns.into_iter().zip(places).map(read).collect()
    }
}

/// Refuses a family whose lines would be read as those of another.
fn check_lines(families: &BTreeMap<String, Family>, request: &Request<'_>) -> Result<(), Error> {
    let name = &request.name.exposed;
    let clash = |other: &str| {
        let message = format!("{name:?} would share lines with the histogram or family {other:?}");
        Err(Error::new(ErrorKind::NameCollision, message))
    };
    for suffix in HISTOGRAM_SUFFIXES {
        if let Some(stem) = name.strip_suffix(suffix)
            && families.get(stem).is_some_and(Family::is_histogram)
        {
            return clash(stem);
        }
        let line = format!("{name}{suffix}");
        if request.instrument == Instrument::Histogram && families.contains_key(&line) {
            return clash(&line);
        }
    }
    Ok(())
}

fn plan_cells(plan: &mut Plan, cells: &[Cells]) -> Vec<Place> {
    let place = |cells: &Cells| match cells {
        Cells::Counter(cells) => plan.counter(cells),
        Cells::FloatCounter(cells) => plan.float(cells),
        Cells::UpDownCounter(cells) => plan.up_down(cells),
        Cells::Histogram(cells) => plan.histogram(cells),
        // A gauge is one shared cell: it is read, not summed.
        Cells::Gauge(_) => Place::NOWHERE,
    };
    cells.iter().map(place).collect()
}

fn values(columns: &Columns, places: &[Place], sums: &Sums) -> Values {
    let placed = || places.iter().copied();
    match columns.instrument {
        Instrument::Counter => Values::Unsigned(placed().map(|at| sums.counter(at)).collect()),
        Instrument::FloatCounter => Values::Float(placed().map(|at| sums.float(at)).collect()),
        Instrument::UpDownCounter => Values::Signed(placed().map(|at| sums.up_down(at)).collect()),
        Instrument::Gauge => Values::Float(columns.cells.iter().map(gauge_value).collect()),
        Instrument::Histogram => Values::Histogram(histogram_values(columns, places, sums)),
    }
}

fn gauge_value(cells: &Cells) -> f64 {
    match cells {
        Cells::Gauge(gauge) => gauge.value(),
        _ => 0.0,
    }
}

fn histogram_values(columns: &Columns, places: &[Place], sums: &Sums) -> Vec<HistogramValue> {
    let bounds: Arc<[f64]> = match columns.cells.first() {
        Some(Cells::Histogram(cells)) => cells.bounds().upper().into(),
        _ => Arc::default(),
    };
    let value = |&place: &Place| {
        let (sum, buckets) = sums.histogram(place);
        HistogramValue::new(Arc::clone(&bounds), buckets.iter().copied(), sum)
    };
    places.iter().map(value).collect()
}
