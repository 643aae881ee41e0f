//! What a snapshot from outside must keep to before it is merged or written.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::model::desc::Kind;
use crate::model::family::Family;
use crate::model::labels::{LabelSet, SeriesLabels};
use crate::model::snapshot::Snapshot;
use crate::model::valid::{are_labels, is_exemplar, is_name, is_of_kind, is_value, reserved_label};

/// What no page may hold, and was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Invalid {
    /// The family's name is not `[a-zA-Z_:][a-zA-Z0-9_:]*`, or begins with `__`.
    Name {
        /// The name.
        name: String,
        /// How many series were left out.
        left_out: usize,
    },
    /// The family's values are not of its kind.
    Kind {
        /// The family's name.
        name: String,
        /// Its kind.
        kind: Kind,
        /// How many series were left out.
        left_out: usize,
    },
    /// A label's name is not `[a-zA-Z_][a-zA-Z0-9_]*`, begins with `__`, is there
    /// twice, or is one that the lines of the family need themselves.
    Labels {
        /// The series, as it would be written.
        series: String,
    },
    /// The buckets or quantiles are not finite and different, or their counts add
    /// up to more than a `u64` holds.
    Value {
        /// The series, as written.
        series: String,
    },
    /// The labels of an exemplar; the series is there without it.
    Exemplar {
        /// The series, as written.
        series: String,
    },
}

impl Invalid {
    /// How many series were left out; none where it was an exemplar.
    pub fn left_out(&self) -> usize {
        match self {
            Self::Name { left_out, .. } | Self::Kind { left_out, .. } => *left_out,
            Self::Labels { .. } | Self::Value { .. } => 1,
            Self::Exemplar { .. } => 0,
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name { name, .. } => write!(f, "{name:?} can not be a name, left out"),
            Self::Kind { name, kind, .. } => {
                write!(f, "{name} has values that no {kind} has, left out")
            }
            Self::Labels { series } => {
                write!(f, "{series:?} has labels that can not be, left out")
            }
            Self::Value { series } => {
                write!(f, "{series} has buckets that can not be, left out")
            }
            Self::Exemplar { series } => {
                write!(
                    f,
                    "an exemplar of {series} has labels that can not be, left out"
                )
            }
        }
    }
}

impl Snapshot {
    /// Leaves out what no page may hold, the smallest part of it, and returns that.
    ///
    /// For snapshots that were put together from outside input. Numbers stay as they
    /// are, `NaN` and negative counts too. Series that are there twice are for
    /// [`merge`](Self::merge) to find.
    ///
    /// # Cost
    ///
    /// A look at each series; no allocation where all are valid.
    pub fn check(&mut self) -> Vec<Invalid> {
        let mut invalid = Vec::new();
        self.families
            .retain_mut(|family| family.check(&mut invalid));
        invalid
    }

    /// Adds labels to every series, and returns the series that have one of them
    /// already and were left out.
    pub fn add_labels(&mut self, labels: &[(&str, &str)]) -> Vec<Invalid> {
        let mut invalid = Vec::new();
        for family in &mut self.families {
            family.add_labels(labels, &mut invalid);
        }
        invalid
    }
}

impl Family {
    /// False where nothing of it may stay.
    fn check(&mut self, invalid: &mut Vec<Invalid>) -> bool {
        let (name, kind, left_out) = (self.desc.name(), self.desc.kind(), self.len());
        if !is_name(name) {
            let name = name.to_owned();
            invalid.push(Invalid::Name { name, left_out });
            return false;
        }
        if !is_of_kind(&self.values, kind) {
            let name = name.to_owned();
            invalid.push(Invalid::Kind {
                name,
                kind,
                left_out,
            });
            return false;
        }
        let before = invalid.len();
        let reserved = reserved_label(kind);
        let is_wrong = |row: &usize| !self.check_row(*row, reserved, invalid);
        let wrong: Vec<usize> = (0..left_out).filter(is_wrong).collect();
        if !wrong.is_empty() {
            let mut wrong = wrong.into_iter().peekable();
            let rows = (0..left_out).filter(|row| wrong.next_if_eq(row).is_none());
            *self = self.pick(rows.collect());
        }
        if invalid.len() > before {
            self.check_exemplars();
        }
        true
    }

    fn check_row(&self, row: usize, reserved: Option<&str>, invalid: &mut Vec<Invalid>) -> bool {
        let labels = self.labels.labels(row);
        let series = || format!("{}{labels}", self.desc.name());
        if !are_labels(labels.text(), reserved) {
            invalid.push(Invalid::Labels { series: series() });
            return false;
        }
        if !self.values.get(row).is_some_and(is_value) {
            invalid.push(Invalid::Value { series: series() });
            return false;
        }
        let exemplars = self.exemplars.as_ref().and_then(|all| all.get(row));
        let mut exemplars = exemplars.into_iter().flatten();
        if exemplars.any(|exemplar| !is_exemplar(exemplar)) {
            invalid.push(Invalid::Exemplar { series: series() });
        }
        true
    }

    /// Leaves out exemplars whose labels can not be.
    fn check_exemplars(&mut self) {
        if let Some(all) = &mut self.exemplars {
            for exemplars in Arc::make_mut(all) {
                if !exemplars.iter().all(is_exemplar) {
                    let valid = exemplars.iter().filter(|exemplar| is_exemplar(exemplar));
                    *exemplars = valid.cloned().collect();
                }
            }
        }
    }

    fn add_labels(&mut self, labels: &[(&str, &str)], invalid: &mut Vec<Invalid>) {
        let mut sets = Vec::with_capacity(self.len());
        let mut rows = Vec::with_capacity(self.len());
        for row in 0..self.len() {
            let own = self.labels.labels(row);
            if labels.iter().any(|(name, _)| own.get(name).is_some()) {
                let series = format!("{}{own}", self.desc.name());
                invalid.push(Invalid::Labels { series });
            } else {
                rows.push(row);
                sets.push(with_labels(own, labels));
            }
        }
        if rows.len() < self.len() {
            *self = self.pick(rows);
        }
        self.labels = Arc::new(sets);
    }
}

fn with_labels(own: SeriesLabels<'_>, more: &[(&str, &str)]) -> LabelSet {
    let own: Vec<(&str, Cow<'_, str>)> = own.iter().collect();
    let own = own.iter().map(|(name, value)| (*name, &**value));
    LabelSet::new(own.chain(more.iter().copied()))
}
