//! The label values of one look-up, by position or by name.

use std::borrow::Cow;

use dynamometer::ErrorKind;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::PyFamily;
use crate::error::{invalid_type, of_kind};
use crate::label;

/// What was passed, in the order of the family's label names.
pub(super) fn in_order<'py>(
    family: &PyFamily,
    values: &Bound<'py, PyTuple>,
    labels: Option<&Bound<'py, PyDict>>,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let Some(labels) = labels.filter(|labels| !labels.is_empty()) else {
        return Ok(values.iter().collect());
    };
    let py = labels.py();
    let PyFamily {
        name, label_names, ..
    } = family;
    if !values.is_empty() {
        let message = format!("{name:?} takes label values by position or by name, not both");
        return Err(invalid_type(py, &message));
    }
    let mut objects = Vec::with_capacity(label_names.len());
    for label in label_names {
        objects.extend(labels.get_item(&**label)?);
    }
    if objects.len() == label_names.len() && labels.len() == objects.len() {
        return Ok(objects);
    }
    let given: Vec<String> = labels.keys().extract()?;
    let message = format!("{name:?} has the labels {label_names:?}, and was given {given:?}");
    Err(of_kind(py, ErrorKind::LabelsMismatch, &message))
}

/// The texts of label values.
pub(super) fn texts<'v>(
    family: &PyFamily,
    objects: &'v [Bound<'_, PyAny>],
) -> PyResult<Vec<Cow<'v, str>>> {
    let names = family.label_names.iter().map(|name| &**name);
    // Values that are too many are refused by the family.
    let names = names.chain(std::iter::repeat("?"));
    let values = names.zip(objects);
    values
        .map(|(name, object)| label::value(name, object))
        .collect()
}
