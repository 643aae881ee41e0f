//! One family: its description, and its series in two columns.

use std::collections::HashMap;
use std::sync::Arc;

use dynamometer_cells::Bounds;
use dynamometer_exposition::{Desc, LabelSet};

use crate::error::{Error, ErrorKind};
use crate::registry::{Cells, Instrument, Request};

/// A family of the registry.
///
/// Labels and cells are columns that a snapshot shares; a new series copies a
/// column only while a snapshot of it is alive.
#[derive(Debug)]
pub(crate) struct Family {
    desc: Arc<Desc>,
    /// The name as it was asked for first.
    asked: String,
    instrument: Instrument,
    bounds: Option<Arc<Bounds>>,
    /// How many families were declared before this one.
    declared: u64,
    index: HashMap<Arc<LabelSet>, usize>,
    labels: Arc<Vec<Arc<LabelSet>>>,
    cells: Arc<Vec<Cells>>,
}

/// A family's columns at one instant, for reading without the registry's lock.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub(crate) desc: Arc<Desc>,
    pub(crate) instrument: Instrument,
    pub(crate) declared: u64,
    pub(crate) labels: Arc<Vec<Arc<LabelSet>>>,
    pub(crate) cells: Arc<Vec<Cells>>,
}

impl Family {
    pub(crate) fn new(request: &Request<'_>, declared: u64) -> Self {
        let desc = Desc::new(request.name.exposed.as_str(), request.instrument.kind())
            .help(request.help)
            .unit(request.unit);
        Self {
            desc: Arc::new(desc),
            asked: request.name.asked.clone(),
            instrument: request.instrument,
            bounds: request.bounds.clone(),
            declared,
            index: HashMap::new(),
            labels: Arc::default(),
            cells: Arc::default(),
        }
    }

    /// Checks that `request` means this family and not another of its name.
    pub(crate) fn check(&self, request: &Request<'_>) -> Result<(), Error> {
        let name = &request.name.exposed;
        let refuse =
            |kind, message: String| Err(Error::new(kind, message).with_existing(self.describe()));
        if self.instrument != request.instrument {
            let asked = request.instrument;
            return refuse(
                ErrorKind::KindMismatch,
                format!("{name:?} can not be {asked} too"),
            );
        }
        if self.desc.unit_of() != request.unit {
            let unit = request.unit.map_or("no unit", |unit| unit.as_str());
            return refuse(
                ErrorKind::UnitMismatch,
                format!("{name:?} can not have {unit}"),
            );
        }
        if self.bounds != request.bounds {
            let upper = request
                .bounds
                .as_ref()
                .map(|bounds| bounds.upper().to_vec());
            let upper = upper.unwrap_or_default();
            return refuse(
                ErrorKind::BucketsMismatch,
                format!("{name:?} can not have the buckets {upper:?}"),
            );
        }
        if self.asked != request.name.asked {
            let asked = &request.name.asked;
            return refuse(
                ErrorKind::NameCollision,
                format!("{asked:?} becomes {name:?} like {:?} before it", self.asked),
            );
        }
        Ok(())
    }

    /// Returns the cells of the series with the request's labels, old or new.
    pub(crate) fn series(&mut self, labels: LabelSet) -> Result<Cells, Error> {
        if let Some(&at) = self.index.get(&labels) {
            return Ok(self.cells[at].clone());
        }
        let cells = Cells::new(self.instrument, self.bounds.as_ref()).map_err(|full| {
            let message = format!(
                "series {}{labels} can not be created: {full}",
                self.desc.name()
            );
            Error::new(ErrorKind::Exhausted, message)
        })?;
        let labels = Arc::new(labels);
        self.index.insert(Arc::clone(&labels), self.labels.len());
        Arc::make_mut(&mut self.labels).push(labels);
        Arc::make_mut(&mut self.cells).push(cells.clone());
        Ok(cells)
    }

    pub(crate) fn is_histogram(&self) -> bool {
        self.instrument == Instrument::Histogram
    }

    pub(crate) fn columns(&self) -> Columns {
        Columns {
            desc: Arc::clone(&self.desc),
            instrument: self.instrument,
            declared: self.declared,
            labels: Arc::clone(&self.labels),
            cells: Arc::clone(&self.cells),
        }
    }

    fn describe(&self) -> String {
        let unit = self.desc.unit_of().map(|unit| format!(" in {unit}"));
        let bounds = self.bounds.as_ref();
        let buckets = bounds.map(|bounds| format!(" with the buckets {:?}", bounds.upper()));
        let help = Some(self.desc.help_text()).filter(|help| !help.is_empty());
        let help = help.map(|help| format!(", {help:?}"));
        let details: String = [unit, buckets, help].into_iter().flatten().collect();
        format!("{}{details}", self.instrument)
    }
}
