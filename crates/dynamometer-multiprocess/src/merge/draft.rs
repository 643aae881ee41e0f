//! A family, as far as files were read.

use std::collections::HashMap;
use std::sync::Arc;

use dynamometer_exposition::{Desc, Family, Kind, LabelSet, Values};
use foldhash::fast::RandomState;

use crate::file_name::Store;
use crate::left_out::{LeftOut, Reason};
use crate::merge::cell::Cell;
use crate::merge::parts::{Histograms, Missing, Parts, whole};
use crate::series::{Key, Part};

/// A family, as far as files were read.
#[derive(Debug)]
pub(super) struct Draft {
    name: String,
    help: String,
    store: Store,
    /// The places of the cells of each series.
    series: Vec<Vec<(Part, usize)>>,
    by_labels: HashMap<LabelSet, usize, RandomState>,
}

impl Draft {
    /// The family of this key, without any series.
    pub(super) fn new(key: &Key, store: Store) -> Self {
        Self {
            name: key.metric.clone(),
            help: key.help.clone(),
            store,
            series: Vec::new(),
            by_labels: HashMap::default(),
        }
    }

    /// The kind of metric that the first file says it is.
    pub(super) fn store(&self) -> Store {
        self.store
    }

    /// The place of the cell of this key, which is made if there is none.
    pub(super) fn place(&mut self, key: Key, cells: &mut Vec<Cell>) -> usize {
        let at = *self.by_labels.entry(key.labels).or_insert_with(|| {
            self.series.push(Vec::new());
            self.series.len() - 1
        });
        let parts = &mut self.series[at];
        if let Some((_, place)) = parts.iter().find(|(part, _)| *part == key.part) {
            return *place;
        }
        cells.push(Cell::default());
        let place = cells.len() - 1;
        parts.push((key.part, place));
        place
    }

    /// The family; a series that has no value yet is not in it.
    pub(super) fn finish(self, cells: &[Cell], left_out: &mut Vec<LeftOut>) -> Family {
        let rows = Rows {
            labels: self.by_labels,
            series: &self.series,
            cells,
        };
        let (kind, name) = match self.store {
            Store::Counter => (Kind::Counter, format!("{}_total", self.name)),
            Store::Gauge(_) => (Kind::Gauge, self.name),
            Store::Histogram => (Kind::Histogram, self.name),
            Store::Summary => (Kind::Summary, self.name),
        };
        let (labels, values, wrong) = match kind {
            Kind::Histogram => {
                let mut histograms = Histograms::default();
                rows.column(Values::Histogram, |parts| histograms.value(parts))
            }
            Kind::Summary => rows.column(Values::Summary, Parts::summary),
            Kind::Counter => rows.column(counters, Parts::number),
            _ => rows.column(Values::Float, Parts::number),
        };
        for _ in 0..wrong {
            let (what, reason) = (name.clone(), Reason::Value);
            left_out.push(LeftOut { what, reason });
        }
        let desc = Desc::new(name, kind).help(self.help);
        Family::new(desc, Arc::new(labels), values)
    }
}

/// The series of a family, to read.
struct Rows<'a> {
    labels: HashMap<LabelSet, usize, RandomState>,
    series: &'a [Vec<(Part, usize)>],
    cells: &'a [Cell],
}

impl<'a> Rows<'a> {
    /// Labels and values of the series that have one, and how many have a wrong one.
    fn column<T>(
        self,
        column: impl FnOnce(Vec<T>) -> Values,
        mut value: impl FnMut(Parts<'a>) -> Result<T, Missing>,
    ) -> (Vec<LabelSet>, Values, usize) {
        let mut rows: Vec<(LabelSet, usize)> = self.labels.into_iter().collect();
        rows.sort_unstable_by_key(|(_, at)| *at);
        let (mut labels, mut values, mut wrong) = (Vec::new(), Vec::new(), 0);
        for (set, at) in rows {
            match value(Parts::new(&self.series[at], self.cells)) {
                Ok(value) => {
                    labels.push(set);
                    values.push(value);
                }
                Err(Missing::NotYet) => {}
                Err(Missing::NotWhole) => wrong += 1,
            }
        }
        (labels, column(values), wrong)
    }
}

/// Numbers of counters: whole ones where all of them are.
fn counters(values: Vec<f64>) -> Values {
    let whole: Option<Vec<u64>> = values.iter().copied().map(whole).collect();
    whole.map_or(Values::Float(values), Values::Unsigned)
}
