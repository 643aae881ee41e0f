//! The sum and the buckets of a histogram, in cells side by side.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyList;

use super::cells::{self, Cells};
use super::value::Value;

/// Up to here it is quicker to compare with all bounds, several at once, than to
/// look for the right ones.
const COUNTED: usize = 32;

/// A sum, then a count for each bucket.
///
/// `bounds` are upper bounds in ascending order. Without any there is one bucket
/// that takes everything, which makes a summary.
#[pyclass(name = "DropinBuckets", module = "dynamometer._native", frozen)]
pub(crate) struct Buckets {
    cells: Arc<Cells>,
    bounds: Box<[f64]>,
    /// Made when somebody asks for them: engines poke single buckets.
    sum: PyOnceLock<Py<Value>>,
    counts: PyOnceLock<Py<PyList>>,
}

impl Buckets {
    /// Counts one observation; `value` is not NaN.
    #[inline(always)]
    pub(crate) fn observe(&self, value: f64) {
        let bucket = self.bucket_of(value);
        // Above all bounds, as those of prometheus_client end with +Inf: nowhere.
        if let Some((sum, counts)) = self.cells.all().split_first() {
            cells::add(sum, value);
            if let Some(count) = counts.get(bucket) {
                cells::add(count, 1.0);
            }
        }
    }

    /// The first bucket whose bound is not below the value.
    #[inline(always)]
    fn bucket_of(&self, value: f64) -> usize {
        let is_below = |bound: &f64| *bound < value;
        if self.bounds.len() > COUNTED {
            return self.bounds.partition_point(is_below);
        }
        self.bounds
            .iter()
            .map(|bound| usize::from(is_below(bound)))
            .sum()
    }

    pub(crate) fn all(&self) -> &[AtomicU64] {
        self.cells.all()
    }

    pub(crate) fn has_exemplars(&self, py: Python<'_>) -> bool {
        self.counts.get(py).is_some_and(|counts| {
            let mut counts = counts.bind(py).iter();
            counts.any(|count| {
                let value = count.cast::<Value>();
                value.is_ok_and(|value| value.get().has_exemplar())
            })
        })
    }
}

#[pymethods]
impl Buckets {
    #[new]
    fn new(mut bounds: Vec<f64>) -> Self {
        let count = bounds.len().max(1);
        bounds.shrink_to_fit();
        Self {
            cells: Arc::new(Cells::take(count + 1)),
            bounds: bounds.into(),
            sum: PyOnceLock::new(),
            counts: PyOnceLock::new(),
        }
    }

    /// The sum, as a value.
    #[getter]
    pub(crate) fn sum(&self, py: Python<'_>) -> PyResult<Py<Value>> {
        let sum = self
            .sum
            .get_or_try_init(py, || Py::new(py, Value::of(self.cells.clone(), 0)))?;
        Ok(sum.clone_ref(py))
    }

    /// The count of each bucket, as values in a list.
    #[getter]
    pub(crate) fn counts(&self, py: Python<'_>) -> PyResult<Py<PyList>> {
        let counts = self.counts.get_or_try_init(py, || {
            let indices = 1..self.cells.all().len();
            let values = indices.map(|index| Py::new(py, Value::of(self.cells.clone(), index)));
            let values = values.collect::<PyResult<Vec<_>>>()?;
            Ok::<_, PyErr>(PyList::new(py, values)?.unbind())
        })?;
        Ok(counts.clone_ref(py))
    }
}
