//! A family, as far as its lines were read.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::model::{Desc, Exemplar, Family, Kind, LabelSet};
use crate::parse::family::column::values;
use crate::parse::family::point::Point;

/// A family, as far as its lines were read.
#[derive(Debug)]
pub(in crate::parse) struct Draft<'a> {
    /// The name on the page, which may be any text.
    pub(in crate::parse) name: Cow<'a, str>,
    /// Where the page names it first.
    pub(in crate::parse) place: &'a str,
    pub(in crate::parse) kind: Option<Kind>,
    pub(in crate::parse) help: Option<Cow<'a, str>>,
    pub(in crate::parse) unit: Option<&'a str>,
    points: Vec<Point<'a>>,
    by_labels: HashMap<LabelSet, usize, RandomState>,
}

impl<'a> Draft<'a> {
    /// A family of which only the name is known.
    pub(in crate::parse) fn new(name: Cow<'a, str>, place: &'a str) -> Self {
        Self {
            name,
            place,
            kind: None,
            help: None,
            unit: None,
            points: Vec::new(),
            by_labels: HashMap::default(),
        }
    }

    /// The kind, which is not known where no line said so.
    pub(in crate::parse) fn kind(&self) -> Kind {
        self.kind.unwrap_or(Kind::Unknown)
    }

    /// True where there is no series yet.
    pub(in crate::parse) fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// The series that were read.
    pub(in crate::parse) fn points(&self) -> &[Point<'a>] {
        &self.points
    }

    /// The series at `index`.
    pub(in crate::parse) fn point(&mut self, index: usize) -> &mut Point<'a> {
        &mut self.points[index]
    }

    /// Where the series with these labels is, which is made if there was none.
    pub(in crate::parse) fn index_of(
        &mut self,
        labels: LabelSet,
        series: &'a str,
        piece: u32,
    ) -> usize {
        let kind = self.kind();
        *self.by_labels.entry(labels).or_insert_with(|| {
            self.points.push(Point::new(kind, series, piece));
            self.points.len() - 1
        })
    }

    /// The family, under the name that it has in the model.
    pub(in crate::parse) fn finish(self, name: &str) -> Family {
        let desc = Desc::new(name, self.kind())
            .help(self.help.as_deref().unwrap_or_default())
            .unit_text(self.unit.unwrap_or_default());
        let mut labels = vec![None; self.points.len()];
        for (set, index) in self.by_labels {
            labels[index] = Some(set);
        }
        let labels: Vec<LabelSet> = labels.into_iter().flatten().collect();
        let times = |time: fn(&Point<'_>) -> Option<f64>| {
            let known = self.points.iter().any(|point| time(point).is_some());
            let or_nan = |point| time(point).unwrap_or(f64::NAN);
            known.then(|| self.points.iter().map(or_nan).collect::<Vec<_>>())
        };
        let created = times(|point| point.created);
        let timestamps = times(|point| point.timestamp);
        let has_exemplars = self.points.iter().any(|point| !point.exemplars.is_empty());
        let mut exemplars: Vec<Box<[Exemplar]>> = Vec::new();
        let amounts = self.points.into_iter().map(|point| {
            if has_exemplars {
                exemplars.push(point.exemplars.into());
            }
            point.amount
        });
        let values = values(desc.kind(), amounts);
        let mut family = Family::new(desc, Arc::new(labels), values);
        if let Some(created) = created {
            family = family.with_created(created);
        }
        if let Some(timestamps) = timestamps {
            family = family.with_timestamps(timestamps);
        }
        if has_exemplars {
            family = family.with_exemplars(exemplars);
        }
        family
    }
}
