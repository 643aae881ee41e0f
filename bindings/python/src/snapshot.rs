//! A snapshot as dictionaries.

use dynamometer::{Exemplar, Family, Sample, Snapshot, Value};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::instrument::{exponential, histogram};
use crate::label;

/// The families of a snapshot, by name.
pub(crate) fn to_dict<'py>(py: Python<'py>, snapshot: &Snapshot) -> PyResult<Bound<'py, PyDict>> {
    let families = PyDict::new(py);
    for family in snapshot.families() {
        families.set_item(family.desc().name(), family_to_dict(py, family)?)?;
    }
    Ok(families)
}

fn family_to_dict<'py>(py: Python<'py>, family: &Family) -> PyResult<Bound<'py, PyDict>> {
    let desc = family.desc();
    let series = PyList::empty(py);
    for sample in family.samples() {
        series.append(sample_to_dict(py, &sample)?)?;
    }
    let dict = PyDict::new(py);
    dict.set_item("kind", desc.kind().as_str())?;
    dict.set_item("help", desc.help_text())?;
    dict.set_item("unit", desc.unit_name())?;
    dict.set_item("series", series)?;
    Ok(dict)
}

fn sample_to_dict<'py>(py: Python<'py>, sample: &Sample<'_>) -> PyResult<Bound<'py, PyDict>> {
    let labels = PyDict::new(py);
    label::fill(&labels, sample.labels)?;
    let dict = PyDict::new(py);
    dict.set_item("labels", labels)?;
    dict.set_item("value", value(py, sample.value)?)?;
    dict.set_item("created", sample.created)?;
    if !sample.exemplars.is_empty() {
        let exemplars = sample.exemplars.iter();
        let exemplars = exemplars.map(|exemplar| exemplar_to_dict(py, exemplar));
        dict.set_item("exemplars", exemplars.collect::<PyResult<Vec<_>>>()?)?;
    }
    Ok(dict)
}

fn value<'py>(py: Python<'py>, value: Value<'_>) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Unsigned(value) => value.into_pyobject(py)?.into_any(),
        Value::Signed(value) => value.into_pyobject(py)?.into_any(),
        Value::Float(value) => value.into_pyobject(py)?.into_any(),
        Value::Histogram(value) => histogram(py, value)?,
        Value::Exponential(value) => exponential(py, value)?,
        Value::Summary(value) => {
            let dict = PyDict::new(py);
            dict.set_item("count", value.count())?;
            dict.set_item("sum", value.sum())?;
            dict.set_item("quantiles", value.quantiles().to_vec())?;
            dict.into_any()
        }
        // A kind of value that is newer than this.
        _ => value.as_f64().into_pyobject(py)?.into_any(),
    })
}

fn exemplar_to_dict<'py>(py: Python<'py>, exemplar: &Exemplar) -> PyResult<Bound<'py, PyDict>> {
    let labels = PyDict::new(py);
    label::fill(&labels, exemplar.labels().view())?;
    let dict = PyDict::new(py);
    dict.set_item("labels", labels)?;
    dict.set_item("value", exemplar.value())?;
    dict.set_item("timestamp", exemplar.timestamp())?;
    Ok(dict)
}
