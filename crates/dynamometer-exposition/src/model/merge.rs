//! Several snapshots on one page.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use crate::model::desc::Kind;
use crate::model::family::{Family, Sample};
use crate::model::labels::LabelSet;
use crate::model::snapshot::Snapshot;

/// What could not be merged, and was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Conflict {
    /// Two snapshots hold a family of this name with different kinds of value.
    Kind {
        /// The family's name.
        name: String,
        /// The kind that was kept.
        kept: Kind,
        /// The kind that was left out.
        dropped: Kind,
    },
    /// Two snapshots hold the same series; the first is kept.
    Series {
        /// The series, as written.
        series: String,
    },
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind {
                name,
                kept,
                dropped,
            } if kept == dropped => {
                write!(
                    f,
                    "{name} holds another type of {kept} in a second source, left out"
                )
            }
            Self::Kind {
                name,
                kept,
                dropped,
            } => {
                write!(
                    f,
                    "{name} is a {kept} in one source and a {dropped} in another, left out"
                )
            }
            Self::Series { series } => write!(f, "{series} comes from two sources, first one kept"),
        }
    }
}

impl Snapshot {
    /// Adds the families of `other`, one `HELP` and `TYPE` per name.
    ///
    /// Series of a family in both are put together. What clashes is left out and
    /// returned; everything else is served.
    pub fn merge(&mut self, other: Self) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        for family in other.families {
            let name = family.desc().name();
            match self
                .families
                .binary_search_by(|known| known.desc().name().cmp(name))
            {
                Ok(at) => self.families[at].absorb(&family, &mut conflicts),
                Err(at) => self.families.insert(at, family),
            }
        }
        conflicts
    }
}

impl Family {
    fn absorb(&mut self, other: &Self, conflicts: &mut Vec<Conflict>) {
        let (kept, dropped) = (self.desc.kind(), other.desc.kind());
        let name = || self.desc.name().to_owned();
        if kept != dropped {
            conflicts.push(Conflict::Kind {
                name: name(),
                kept,
                dropped,
            });
            return;
        }
        let mut labels: Vec<LabelSet> = self.samples().map(|one| one.labels.to_set()).collect();
        let mine = Arc::clone(&self.labels);
        let known: HashSet<_> = (0..labels.len()).map(|at| mine.labels(at)).collect();
        for (index, Sample { labels: set, .. }) in other.samples().enumerate() {
            if known.contains(&set) {
                conflicts.push(Conflict::Series {
                    series: format!("{}{set}", name()),
                });
            } else if self.values.push_from(&other.values, index) {
                labels.push(set.to_set());
            } else {
                conflicts.push(Conflict::Kind {
                    name: name(),
                    kept,
                    dropped,
                });
                break;
            }
        }
        self.labels = Arc::new(labels);
        // Where one side does not know, it is not known for all.
        self.created = None;
        self.exemplars = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Desc, LabelSet, Value, Values};

    fn counter(name: &str, label: &str, value: u64) -> Snapshot {
        let labels = Arc::new(vec![LabelSet::new([("from", label)])]);
        [Family::new(
            Desc::new(name, Kind::Counter),
            labels,
            Values::Unsigned(vec![value]),
        )]
        .into()
    }

    #[test]
    fn series_of_one_family_from_two_sources_stand_under_one_header() {
        let mut page = counter("a_total", "one", 1);
        assert_eq!(page.merge(counter("a_total", "two", 2)), []);
        assert_eq!(page.families().len(), 1);
        assert_eq!(
            page.value("a_total", &[("from", "two")]),
            Some(Value::Unsigned(2))
        );
    }

    #[test]
    fn the_same_series_from_two_sources_is_kept_once() {
        let mut page = counter("a_total", "one", 1);
        let conflicts = page.merge(counter("a_total", "one", 2));
        assert_eq!(
            conflicts,
            [Conflict::Series {
                series: "a_total{from=\"one\"}".into()
            }]
        );
        assert_eq!(
            page.value("a_total", &[("from", "one")]),
            Some(Value::Unsigned(1))
        );
    }

    #[test]
    fn a_family_of_another_kind_is_left_out_and_the_rest_is_served() {
        let gauge = Family::new(
            Desc::new("a_total", Kind::Gauge),
            Arc::new(vec![LabelSet::empty()]),
            Values::Float(vec![1.0]),
        );
        let mut page = counter("a_total", "one", 1);
        let mut second: Snapshot = [gauge].into();
        second.merge(counter("b_total", "two", 2));
        let conflicts = page.merge(second);
        assert!(matches!(
            conflicts[..],
            [Conflict::Kind {
                kept: Kind::Counter,
                ..
            }]
        ));
        assert_eq!(page.series(), 2);
    }
}
