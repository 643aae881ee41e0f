//! One family: what it is, and its series.

use std::sync::Arc;

use crate::model::desc::Desc;
use crate::model::labels::LabelSet;
use crate::model::value::{Value, Values};

/// A description, and one label set and one value per series.
///
/// Columns, not rows: labels are shared with the container that the snapshot
/// was taken of, so that taking one does not touch each series.
#[derive(Clone, Debug)]
pub struct Family {
    pub(crate) desc: Arc<Desc>,
    pub(crate) labels: Arc<Vec<Arc<LabelSet>>>,
    pub(crate) values: Values,
}

/// One series of a family.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// The labels.
    pub labels: &'a LabelSet,
    /// The value.
    pub value: Value<'a>,
}

impl Family {
    /// Puts a family together; series beyond the shorter column are ignored.
    pub fn new(
        desc: impl Into<Arc<Desc>>,
        labels: impl Into<Arc<Vec<Arc<LabelSet>>>>,
        values: Values,
    ) -> Self {
        Self {
            desc: desc.into(),
            labels: labels.into(),
            values,
        }
    }

    /// Name, kind, help and unit.
    pub fn desc(&self) -> &Desc {
        &self.desc
    }

    /// The series, in the order they were created.
    pub fn samples(&self) -> impl Iterator<Item = Sample<'_>> {
        let values = (0..).map_while(|index| self.values.get(index));
        self.labels
            .iter()
            .zip(values)
            .map(|(labels, value)| Sample { labels, value })
    }

    /// The value of the series with exactly these labels, in any order.
    pub fn value(&self, labels: &[(&str, &str)]) -> Option<Value<'_>> {
        let wanted = LabelSet::new(labels.iter().copied());
        self.samples()
            .find(|sample| *sample.labels == wanted)
            .map(|sample| sample.value)
    }

    /// The number of series.
    pub fn len(&self) -> usize {
        self.labels.len().min(self.values.len())
    }

    /// True where there is no series.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
