//! Many observations in one call.
#![allow(unsafe_code, reason = "reads lists through CPython's C interface")]

use dynamometer::binding::Cells;
use dynamometer::{Distribution, Handle, Histogram};
use dynamometer_cells::{HistogramCells, Kept};
use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyMemoryView};

use crate::error::invalid_type;
use crate::{gil, number};

/// Observations that are added to a histogram together, or not at all.
struct Batch<'h, B: Distribution> {
    buckets: &'h B,
    counts: Vec<u64>,
    sum: f64,
    /// What the buckets do not admit: dropped by the histogram, which counts it.
    refused: Vec<f64>,
}

impl<'h, B: Distribution> Batch<'h, B> {
    fn new(buckets: &'h B) -> Self {
        Self {
            buckets,
            counts: vec![0; buckets.count()],
            sum: 0.0,
            refused: Vec::new(),
        }
    }

    #[inline(always)]
    fn add(&mut self, value: f64) {
        if !self.buckets.admits(value) {
            self.refused.push(value);
        } else if let Some(count) = self.counts.get_mut(self.buckets.index_of(value)) {
            *count += 1;
            self.sum += value;
        }
    }

    /// Adds what a list holds.
    fn add_list(&mut self, name: &str, list: &Bound<'_, PyList>) -> PyResult<()> {
        let py = list.py();
        for at in 0..list.len().cast_signed() {
            // SAFETY: the list lives, and the thread is attached, here and below.
            let item = unsafe { ffi::PyList_GetItem(list.as_ptr(), at) };
            if item.is_null() {
                // To read a number may run Python's code, which made the list shorter.
                drop(PyErr::take(py));
                return Ok(());
            }
            // SAFETY: as above; the list keeps the item as long as no such code runs.
            if unsafe { ffi::PyFloat_CheckExact(item) } != 0 {
                // SAFETY: as above.
                self.add(unsafe { ffi::PyFloat_AsDouble(item) });
            } else {
                // SAFETY: as above.
                let item = unsafe { Bound::from_borrowed_ptr(py, item) };
                self.add(number::amount(name, &item)?);
            }
        }
        Ok(())
    }

    /// Adds what a buffer of doubles holds; false where `values` is none.
    fn add_buffer(&mut self, values: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(view) = PyMemoryView::from(values) else {
            return Ok(false);
        };
        if view.getattr("format")?.extract::<&str>()? != "d" {
            return Ok(false);
        }
        let bytes = view.call_method0("tobytes")?;
        let (floats, _) = bytes.cast::<PyBytes>()?.as_bytes().as_chunks();
        for bytes in floats {
            self.add(f64::from_ne_bytes(*bytes));
        }
        Ok(true)
    }

    /// Adds what anything else gives.
    fn add_each(&mut self, name: &str, values: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = values.py();
        let each = values.try_iter().map_err(|error| {
            if !error.is_instance_of::<PyTypeError>(py) {
                return error;
            }
            let of = values.get_type();
            invalid_type(
                py,
                &format!("{name:?} can not record each of {of}: it holds no values"),
            )
        })?;
        for value in each {
            self.add(number::amount(name, &value?)?);
        }
        Ok(())
    }
}

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
    let mut batch = Batch::new(histogram.cells().buckets());
    if let Ok(list) = values.cast::<PyList>() {
        batch.add_list(name, list)?;
    } else if !batch.add_buffer(values)? {
        batch.add_each(name, values)?;
    }
    gil::observe_all(py, histogram, &batch.counts, batch.sum);
    for value in batch.refused {
        histogram.observe(value);
    }
    Ok(())
}
