//! One family: what it is, and its series.

use std::sync::Arc;

use crate::model::desc::Desc;
use crate::model::exemplar::Exemplar;
use crate::model::labels::{LabelColumn, LabelSet, SeriesLabels};
use crate::model::value::{Value, Values};

/// A description, and one label set and one value per series.
///
/// Columns, not rows: labels are shared with the container that the snapshot
/// was taken of, so that taking one does not touch each series.
#[derive(Clone, Debug)]
pub struct Family {
    pub(crate) desc: Arc<Desc>,
    pub(crate) labels: Arc<dyn LabelColumn>,
    pub(crate) values: Values,
    pub(crate) created: Option<Arc<Vec<f64>>>,
    pub(crate) exemplars: Option<Arc<Vec<Box<[Exemplar]>>>>,
    pub(crate) timestamps: Option<Arc<Vec<f64>>>,
}

/// One series of a family.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// The labels.
    pub labels: SeriesLabels<'a>,
    /// The value.
    pub value: Value<'a>,
    /// When the series began, in seconds since the Unix epoch, where it is known.
    pub created: Option<f64>,
    /// When the value was measured, in seconds since the Unix epoch, where its
    /// source says; most leave it to who reads them.
    pub timestamp: Option<f64>,
    /// Examples of what was recorded, by value; a histogram's belong to the
    /// buckets that hold their values.
    pub exemplars: &'a [Exemplar],
}

impl Family {
    /// Puts a family together; series beyond the shorter column are ignored.
    pub fn new(desc: impl Into<Arc<Desc>>, labels: Arc<dyn LabelColumn>, values: Values) -> Self {
        Self {
            desc: desc.into(),
            labels,
            values,
            created: None,
            exemplars: None,
            timestamps: None,
        }
    }

    /// Adds the exemplars of each series.
    #[must_use]
    pub fn with_exemplars(mut self, exemplars: impl Into<Arc<Vec<Box<[Exemplar]>>>>) -> Self {
        self.exemplars = Some(exemplars.into());
        self
    }

    /// Says when each value was measured, in seconds since the Unix epoch; `NaN`
    /// where it is not known.
    #[must_use]
    pub fn with_timestamps(mut self, timestamps: impl Into<Arc<Vec<f64>>>) -> Self {
        self.timestamps = Some(timestamps.into());
        self
    }

    /// Says when each series began, in seconds since the Unix epoch; `NaN` where it
    /// is not known.
    #[must_use]
    pub fn with_created(mut self, created: impl Into<Arc<Vec<f64>>>) -> Self {
        self.created = Some(created.into());
        self
    }

    /// The same series under another description.
    #[must_use]
    pub fn renamed(&self, desc: impl Into<Arc<Desc>>) -> Self {
        Self {
            desc: desc.into(),
            ..self.clone()
        }
    }

    /// The same series with other values, one for each.
    #[must_use]
    pub fn with_values(&self, values: Values) -> Self {
        Self {
            values,
            ..self.clone()
        }
    }

    /// The labels of the series, to share them.
    pub fn labels(&self) -> &Arc<dyn LabelColumn> {
        &self.labels
    }

    /// When each series began, where that is known.
    pub fn created(&self) -> Option<&Arc<Vec<f64>>> {
        self.created.as_ref()
    }

    /// Name, kind, help and unit.
    pub fn desc(&self) -> &Desc {
        &self.desc
    }

    /// The series: in the order they were created, until one is removed and the
    /// last one takes its place.
    pub fn samples(&self) -> impl Iterator<Item = Sample<'_>> {
        (0..self.len()).map_while(|index| {
            Some(Sample {
                labels: self.labels.labels(index),
                value: self.values.get(index)?,
                created: known_time(self.created.as_ref(), index),
                timestamp: known_time(self.timestamps.as_ref(), index),
                exemplars: self
                    .exemplars
                    .as_ref()
                    .and_then(|all| all.get(index))
                    .map_or(&[], |exemplars| &**exemplars),
            })
        })
    }

    /// The value of the series with exactly these labels, in any order.
    pub fn value(&self, labels: &[(&str, &str)]) -> Option<Value<'_>> {
        let wanted = LabelSet::new(labels.iter().copied());
        self.samples()
            .find(|sample| sample.labels == wanted.view())
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

/// The time at `index`, where there is one.
pub(crate) fn known_time(times: Option<&Arc<Vec<f64>>>, index: usize) -> Option<f64> {
    let time = times?.get(index).copied()?;
    (!time.is_nan()).then_some(time)
}
