//! Many observations in one call.

use dynamometer::binding::Cells;
use dynamometer::{Distribution, Handle, Histogram};
use dynamometer_cells::{HistogramCells, Kept};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyFloat, PyList, PyMemoryView};

use crate::{gil, number};

/// Counts each of `values`, or none where one of them is no number.
pub(super) fn observe<B: Distribution>(
    py: Python<'_>,
    histogram: &Histogram<Kept, B>,
    name: &str,
    values: &Bound<'_, PyAny>,
) -> PyResult<()>
where
    Histogram<Kept, B>: Handle + Cells<Cells = HistogramCells<Kept, B>>,
{
    for value in read(name, values)? {
        gil::observe(py, histogram, value, 1);
    }
    Ok(())
}

/// All values, read before the first is recorded.
fn read(name: &str, values: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
    if let Ok(list) = values.cast_exact::<PyList>() {
        return list.iter().map(|value| read_one(name, &value)).collect();
    }
    if let Ok(view) = PyMemoryView::from(values) {
        let format: String = view.getattr("format")?.extract()?;
        if format == "d" {
            let bytes = view.call_method0("tobytes")?;
            let bytes = bytes.cast::<PyBytes>()?.as_bytes();
            let (floats, _) = bytes.as_chunks();
            return Ok(floats
                .iter()
                .map(|bytes| f64::from_ne_bytes(*bytes))
                .collect());
        }
    }
    let iterator = values.try_iter().map_err(|_| {
        let said = values.get_type();
        let message =
            format!("{name:?} can not record each of {said}: it can not be iterated over");
        crate::error::invalid_type(values.py(), &message)
    })?;
    iterator.map(|value| read_one(name, &value?)).collect()
}

fn read_one(name: &str, value: &Bound<'_, PyAny>) -> PyResult<f64> {
    match value.cast_exact::<PyFloat>() {
        Ok(float) => Ok(float.value()),
        Err(_) => number::amount(name, value),
    }
}
