//! Several snapshots on one page.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::model::desc::Kind;
use crate::model::family::Family;
use crate::model::labels::SeriesLabels;
use crate::model::lines::shared_with;
use crate::model::snapshot::Snapshot;

/// What could not be merged, and was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Conflict {
    /// Two families of this name have different kinds of value.
    Kind {
        /// The family's name.
        name: String,
        /// The kind that was kept.
        kept: Kind,
        /// The kind that was left out.
        dropped: Kind,
        /// How many series were left out.
        left_out: usize,
    },
    /// A line of this family would be read as one of another, such as a gauge
    /// `x_count` beside a histogram `x`; the other one is kept.
    Lines {
        /// The name of the family that was left out.
        name: String,
        /// The family that was kept.
        kept: String,
        /// How many series were left out.
        left_out: usize,
    },
    /// The same series is there twice; the first is kept.
    Series {
        /// The series, as written.
        series: String,
    },
}

impl Conflict {
    /// How many series were left out.
    pub fn left_out(&self) -> usize {
        match self {
            Self::Kind { left_out, .. } | Self::Lines { left_out, .. } => *left_out,
            Self::Series { .. } => 1,
        }
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind {
                name,
                kept,
                dropped,
                ..
            } if kept == dropped => {
                write!(f, "{name} holds another type of {kept} too, left out")
            }
            Self::Kind {
                name,
                kept,
                dropped,
                ..
            } => {
                write!(
                    f,
                    "{name} is a {kept} and would be a {dropped} too, left out"
                )
            }
            Self::Lines { name, kept, .. } => {
                write!(f, "{name} would share lines with {kept}, left out")
            }
            Self::Series { series } => write!(f, "{series} is there twice, first one kept"),
        }
    }
}

impl Snapshot {
    /// Adds the families of `other`, one `HELP` and `TYPE` per name.
    ///
    /// Series of a family in both are put together: each keeps its start time, its
    /// timestamp and its exemplars, and whole numbers become floats where the
    /// others are. What clashes is left out and returned, the smallest part of it:
    /// a series, or else a family. What is in this snapshot wins, then what comes
    /// first in `other`. Two series or families in `other` may clash too.
    ///
    /// # Cost
    ///
    /// A comparison or a few for each family. Series are looked at where a family is
    /// in both, and where the labels in `other` are not
    /// [known to be distinct](crate::LabelColumn::is_distinct): one look-up each,
    /// and no allocation for each.
    pub fn merge(&mut self, other: Self) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        let mut added: Vec<Family> = Vec::new();
        for family in other.families {
            let name = family.desc.name();
            let is_again = added.last().is_some_and(|last| last.desc.name() == name);
            if is_again {
                if let Some(last) = added.last_mut() {
                    last.absorb(&family, &mut conflicts);
                }
            } else if let Ok(at) = position(&self.families, name) {
                self.families[at].absorb(&family, &mut conflicts);
            } else if let Some(kept) = shared_with(&family.desc, |name| {
                let find = |families: &'_ [Family]| position(families, name).ok();
                let mine = find(&self.families).map(|at| &self.families[at]);
                let found = mine.or_else(|| find(&added).map(|at| &added[at]));
                found.map(|family| &*family.desc)
            }) {
                if !family.is_empty() {
                    conflicts.push(Conflict::Lines {
                        name: name.to_owned(),
                        kept: kept.name().to_owned(),
                        left_out: family.len(),
                    });
                }
            } else {
                added.push(family.distinct(&mut conflicts));
            }
        }
        if !added.is_empty() {
            self.families.append(&mut added);
            // Two sorted runs: the sort finds and merges them.
            self.families
                .sort_by(|a, b| a.desc.name().cmp(b.desc.name()));
        }
        conflicts
    }
}

fn position(families: &[Family], name: &str) -> Result<usize, usize> {
    families.binary_search_by(|known| known.desc.name().cmp(name))
}

/// The series that were seen so far.
type Seen<'a> = HashSet<SeriesLabels<'a>, RandomState>;

impl Family {
    /// Adds the series of `other` that are not there yet.
    fn absorb(&mut self, other: &Self, conflicts: &mut Vec<Conflict>) {
        if other.is_empty() {
            return;
        }
        let (kept, dropped) = (self.desc.kind(), other.desc.kind());
        if kept != dropped || !self.values.takes(&other.values) {
            conflicts.push(Conflict::Kind {
                name: self.desc.name().to_owned(),
                kept,
                dropped,
                left_out: other.len(),
            });
            return;
        }
        let mine = Arc::clone(&self.labels);
        let mut seen =
            Seen::with_capacity_and_hasher(self.len() + other.len(), RandomState::default());
        seen.extend((0..self.len()).map(|index| mine.labels(index)));
        let rows = other.unseen(&mut seen, conflicts);
        if !rows.is_empty() {
            self.append(other, rows);
        }
    }

    /// The same family without series that are there twice.
    fn distinct(self, conflicts: &mut Vec<Conflict>) -> Self {
        if self.labels.is_distinct() || self.len() < 2 {
            return self;
        }
        let mut seen = Seen::with_capacity_and_hasher(self.len(), RandomState::default());
        let rows = self.unseen(&mut seen, conflicts);
        if rows.len() == self.len() {
            self.known_distinct()
        } else {
            self.pick(rows)
        }
    }

    /// The rows whose labels were not seen before; they are from now on.
    fn unseen<'a>(&'a self, seen: &mut Seen<'a>, conflicts: &mut Vec<Conflict>) -> Vec<usize> {
        let mut rows = Vec::with_capacity(self.len());
        for index in 0..self.len() {
            let labels = self.labels.labels(index);
            if seen.insert(labels) {
                rows.push(index);
            } else {
                let series = format!("{}{labels}", self.desc.name());
                conflicts.push(Conflict::Series { series });
            }
        }
        rows
    }
}
