//! Picking series of a family, and putting series of two together.

use std::sync::Arc;

use crate::model::family::Family;
use crate::model::labels::{LabelColumn, SeriesLabels};

/// The first series of one column, then some of another, all different.
#[derive(Debug)]
struct Joined {
    first: Arc<dyn LabelColumn>,
    /// How many of the first column there are.
    len: usize,
    second: Arc<dyn LabelColumn>,
    /// Which of the second column follow.
    rows: Vec<usize>,
}

impl LabelColumn for Joined {
    fn len(&self) -> usize {
        self.len + self.rows.len()
    }

    #[inline]
    fn labels(&self, index: usize) -> SeriesLabels<'_> {
        match index.checked_sub(self.len) {
            None => self.first.labels(index),
            Some(index) => self.second.labels(self.rows[index]),
        }
    }

    fn is_distinct(&self) -> bool {
        true
    }
}

impl Family {
    /// The same family, known to hold no series twice.
    pub(crate) fn known_distinct(mut self) -> Self {
        let len = self.len();
        self.labels = Arc::new(Joined {
            first: Arc::clone(&self.labels),
            len,
            second: self.labels,
            rows: Vec::new(),
        });
        self
    }

    /// The series at `rows`, which are different from each other.
    pub(crate) fn pick(&self, rows: Vec<usize>) -> Self {
        let (desc, labels) = (Arc::clone(&self.desc), Arc::clone(&self.labels));
        let mut picked = Self::new(desc, labels, self.values.none());
        picked.append(self, rows);
        picked
    }

    /// Adds the series of `other` at `rows`, which are different from all before
    /// and whose values these take.
    ///
    /// What one of them does not know of its series stays unknown for those only.
    pub(crate) fn append(&mut self, other: &Self, rows: Vec<usize>) {
        let len = self.len();
        self.values.truncate(len);
        for &row in &rows {
            self.values.push_from(&other.values, row);
        }
        let times = |mine, other| join(mine, len, other, &rows, f64::NAN);
        self.created = times(self.created.take(), other.created.as_ref());
        self.timestamps = times(self.timestamps.take(), other.timestamps.as_ref());
        self.exemplars = join(
            self.exemplars.take(),
            len,
            other.exemplars.as_ref(),
            &rows,
            Box::default(),
        );
        self.labels = Arc::new(Joined {
            first: Arc::clone(&self.labels),
            len,
            second: Arc::clone(&other.labels),
            rows,
        });
    }
}

/// The first `len` of one column, then those at `rows` of another; `unknown` where
/// a column is not there or too short.
fn join<T: Clone>(
    mine: Option<Arc<Vec<T>>>,
    len: usize,
    other: Option<&Arc<Vec<T>>>,
    rows: &[usize],
    unknown: T,
) -> Option<Arc<Vec<T>>> {
    if mine.is_none() && other.is_none() {
        return None;
    }
    let mut all = mine.map(Arc::unwrap_or_clone).unwrap_or_default();
    all.resize(len, unknown.clone());
    all.extend(rows.iter().map(|&row| {
        let known = other.and_then(|other| other.get(row));
        known.unwrap_or(&unknown).clone()
    }));
    Some(Arc::new(all))
}
