//! An example of what was observed.

use crate::model::labels::LabelSet;

/// One observation, with labels that lead to its cause, such as a trace id.
#[derive(Clone, Debug, PartialEq)]
pub struct Exemplar {
    labels: LabelSet,
    value: f64,
    timestamp: Option<f64>,
}

impl Exemplar {
    /// Takes an observation of `value`, at no known time.
    ///
    /// Labels are taken as they are: formats limit their length, to 128 characters
    /// of names and values in `OpenMetrics` 1.0.
    pub fn new(labels: LabelSet, value: f64) -> Self {
        Self {
            labels,
            value,
            timestamp: None,
        }
    }

    /// Sets when it was observed, in seconds since 1970.
    #[must_use]
    pub fn at(mut self, timestamp: f64) -> Self {
        self.timestamp = Some(timestamp);
        self
    }

    /// The labels, which say nothing that the series' own say.
    pub fn labels(&self) -> &LabelSet {
        &self.labels
    }

    /// The observed value.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// When it was observed, in seconds since 1970.
    pub fn timestamp(&self) -> Option<f64> {
        self.timestamp
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exemplar_has_a_time_only_where_one_was_given() {
        let exemplar = Exemplar::new(LabelSet::new([("trace_id", "1")]), 0.5);
        assert_eq!(exemplar.timestamp(), None);
        let exemplar = exemplar.at(1.25);
        assert_eq!((exemplar.value(), exemplar.timestamp()), (0.5, Some(1.25)));
        assert_eq!(exemplar.labels().get("trace_id").as_deref(), Some("1"));
    }
}
