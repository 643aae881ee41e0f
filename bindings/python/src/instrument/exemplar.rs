//! Exemplars: labels that lead from a value to its cause.

use std::collections::HashMap;

use pyo3::prelude::*;
use pyo3::types::PyMapping;

use crate::error::invalid_type;

/// The labels of one exemplar.
pub(super) struct Labels(HashMap<String, String>);

impl Labels {
    /// Reads a mapping of texts to texts.
    pub(super) fn read(exemplar: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = exemplar.py();
        let refused = || {
            invalid_type(
                py,
                "an exemplar is a mapping of str to str, such as {\"trace_id\": \"4bf92f35\"}",
            )
        };
        let mapping = exemplar.cast::<PyMapping>().map_err(|_| refused())?;
        let mut labels = HashMap::new();
        for item in mapping.items()?.iter() {
            let (name, value) = item.extract().map_err(|_| refused())?;
            labels.insert(name, value);
        }
        Ok(Self(labels))
    }

    /// Calls `with` with the labels.
    pub(super) fn with(&self, with: impl FnOnce(&[(&str, &str)])) {
        let labels: Vec<_> = self
            .0
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        with(&labels);
    }
}
