//! What the metrics of the drop-in are made of, below their Python classes.
#![allow(unsafe_code, reason = "hands out what its own lock keeps alive")]

use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::PyAttributeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

use super::buckets::Buckets;
use super::cells;
use super::labels::Labels;
use super::value::Value;

/// The base of all metrics of the drop-in.
///
/// Holds what the native methods need at hand, under the names that engines know.
#[pyclass(
    name = "DropinMetric",
    module = "dynamometer._native",
    subclass,
    frozen
)]
#[derive(Debug)]
pub(crate) struct Metric {
    /// The cell that `inc` and `set` write; null where only Python knows how.
    cell: AtomicPtr<AtomicU64>,
    /// What `observe` writes; null where only Python knows how.
    buckets: AtomicPtr<Buckets>,
    /// Set for a gauge that may be set only.
    is_set_only: AtomicBool,
    /// Set where a function says what to show.
    is_computed: AtomicBool,
    /// Seconds since the Unix epoch as bits of an `f64`; NaN where it never began.
    created: AtomicU64,
    /// The series by their label values; null without labels.
    series: AtomicPtr<ffi::PyObject>,
    pub(super) labels: Labels,
    held: Mutex<Held>,
}

/// Objects that the pointers lead into.
#[derive(Debug, Default)]
struct Held {
    value: Option<Py<PyAny>>,
    /// Values one by one, where they are in no `buckets`.
    sum: Option<Py<PyAny>>,
    counts: Option<Py<PyAny>>,
    buckets: Option<Py<Buckets>>,
    children: Option<Py<PyDict>>,
    names: Option<Py<PyTuple>>,
}

impl Metric {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The cell to write; for whoever holds the GIL, until it lets go.
    #[inline(always)]
    pub(super) fn cell(&self) -> Option<&AtomicU64> {
        // SAFETY: `held.value` keeps it, and that is replaced under the GIL only.
        unsafe { self.cell.load(Ordering::Relaxed).as_ref() }
    }

    /// The buckets to write; for whoever holds the GIL, until it lets go.
    #[inline(always)]
    pub(super) fn buckets(&self) -> Option<&Buckets> {
        // SAFETY: `held.buckets` keeps it, and that is replaced under the GIL only.
        unsafe { self.buckets.load(Ordering::Relaxed).as_ref() }
    }

    /// The series by their label values; for whoever holds the GIL, until it lets go.
    #[inline(always)]
    pub(super) fn series<'py>(&self, py: Python<'py>) -> Option<Borrowed<'_, 'py, PyDict>> {
        let series = NonNull::new(self.series.load(Ordering::Relaxed))?;
        // SAFETY: a dict that `held.children` keeps; replaced under the GIL only.
        Some(unsafe { Borrowed::from_ptr(py, series.as_ptr()).cast_unchecked() })
    }

    #[inline(always)]
    pub(super) fn is_set_only(&self) -> bool {
        self.is_set_only.load(Ordering::Relaxed)
    }

    /// True where a function says what to show.
    pub(super) fn is_computed(&self) -> bool {
        self.is_computed.load(Ordering::Relaxed)
    }

    /// When the value began, in seconds since the Unix epoch; NaN where it did not.
    pub(super) fn created(&self) -> f64 {
        cells::value(&self.created)
    }

    /// The names of the labels.
    pub(super) fn names(&self, py: Python<'_>) -> Option<Py<PyTuple>> {
        let held = self.held();
        held.names.as_ref().map(|names| names.clone_ref(py))
    }

    /// Goes over to values one by one, in the same cells: one is to be replaced.
    fn leave_buckets(&self, py: Python<'_>) -> PyResult<()> {
        let Some(buckets) = self.cells(py) else {
            return Ok(());
        };
        let sum = buckets.get().sum(py)?.into_any();
        let counts = buckets.get().counts(py)?.into_any();
        self.buckets.store(ptr::null_mut(), Ordering::Relaxed);
        let mut held = self.held();
        held.buckets = None;
        held.sum = Some(sum);
        held.counts = Some(counts);
        Ok(())
    }

    pub(super) fn has_exemplars(&self, py: Python<'_>) -> bool {
        if let Some(buckets) = self.buckets() {
            return buckets.has_exemplars(py);
        }
        let held = self.held();
        let value = held.value.as_ref().map(|value| value.bind(py));
        value
            .and_then(|value| value.cast::<Value>().ok())
            .is_some_and(|value| value.get().has_exemplar())
    }
}

#[pymethods]
impl Metric {
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self {
            cell: AtomicPtr::default(),
            buckets: AtomicPtr::default(),
            is_set_only: AtomicBool::default(),
            is_computed: AtomicBool::default(),
            created: AtomicU64::new(f64::NAN.to_bits()),
            series: AtomicPtr::default(),
            labels: Labels::default(),
            held: Mutex::default(),
        }
    }

    #[getter(_value)]
    fn value(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let held = self.held();
        let value = held.value.as_ref().map(|value| value.clone_ref(py));
        value.ok_or_else(|| PyAttributeError::new_err("_value"))
    }

    #[setter(_value)]
    fn set_value(&self, value: &Bound<'_, PyAny>) {
        // Only the class itself: a subclass may mean something else by `inc`.
        let cell = value.cast_exact::<Value>();
        let cell = cell.map_or(ptr::null_mut(), |value| value.get().cell());
        self.cell.store(cell, Ordering::Relaxed);
        let former = self.held().value.replace(value.clone().unbind());
        drop(former);
    }

    #[getter(_cells)]
    fn cells(&self, py: Python<'_>) -> Option<Py<Buckets>> {
        let held = self.held();
        held.buckets.as_ref().map(|buckets| buckets.clone_ref(py))
    }

    #[setter(_cells)]
    fn set_cells(&self, cells: Option<Bound<'_, Buckets>>) {
        let place = cells.as_ref().map_or(ptr::null_mut(), |cells| {
            ptr::from_ref(cells.get()).cast_mut()
        });
        self.buckets.store(place, Ordering::Relaxed);
        let cells = cells.map(Bound::unbind);
        let former = std::mem::replace(&mut self.held().buckets, cells);
        drop(former);
    }

    #[getter(_sum)]
    fn sum(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        if let Some(buckets) = self.cells(py) {
            return Ok(buckets.get().sum(py)?.into_any());
        }
        let held = self.held();
        let sum = held.sum.as_ref().map(|sum| sum.clone_ref(py));
        sum.ok_or_else(|| PyAttributeError::new_err("_sum"))
    }

    #[setter(_sum)]
    fn set_sum(&self, sum: Bound<'_, PyAny>) -> PyResult<()> {
        self.leave_buckets(sum.py())?;
        let former = self.held().sum.replace(sum.unbind());
        drop(former);
        Ok(())
    }

    #[getter(_buckets)]
    fn counts(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        if let Some(buckets) = self.cells(py) {
            return Ok(buckets.get().counts(py)?.into_any());
        }
        let held = self.held();
        let counts = held.counts.as_ref().map(|counts| counts.clone_ref(py));
        counts.ok_or_else(|| PyAttributeError::new_err("_buckets"))
    }

    #[setter(_buckets)]
    fn set_counts(&self, counts: Bound<'_, PyAny>) -> PyResult<()> {
        self.leave_buckets(counts.py())?;
        let former = self.held().counts.replace(counts.unbind());
        drop(former);
        Ok(())
    }

    #[getter(_count)]
    fn count<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.counts(py)?.bind(py).get_item(0)
    }

    #[setter(_count)]
    fn set_count(&self, count: Bound<'_, PyAny>) -> PyResult<()> {
        self.set_counts(PyList::new(count.py(), [count])?.into_any())
    }

    #[getter(_metrics)]
    fn metrics(&self, py: Python<'_>) -> PyResult<Py<PyDict>> {
        let held = self.held();
        let children = held
            .children
            .as_ref()
            .map(|children| children.clone_ref(py));
        children.ok_or_else(|| PyAttributeError::new_err("_metrics"))
    }

    #[setter(_metrics)]
    fn set_metrics(&self, metrics: Bound<'_, PyDict>) {
        let py = metrics.py();
        self.series.store(metrics.as_ptr(), Ordering::Relaxed);
        let former = self.held().children.replace(metrics.unbind());
        drop(former);
        self.labels.forget(py);
    }

    #[getter(_labelnames)]
    fn labelnames(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let names = self.names(py);
        names.ok_or_else(|| PyAttributeError::new_err("_labelnames"))
    }

    #[setter(_labelnames)]
    fn set_labelnames(&self, names: Bound<'_, PyTuple>) {
        let py = names.py();
        let former = self.held().names.replace(names.unbind());
        drop(former);
        self.labels.forget(py);
    }

    #[getter(_created)]
    fn created_at(&self) -> PyResult<f64> {
        let created = self.created();
        if created.is_nan() {
            return Err(PyAttributeError::new_err("_created"));
        }
        Ok(created)
    }

    #[setter(_created)]
    fn set_created_at(&self, created: f64) {
        cells::set(&self.created, created);
    }

    #[getter(_is_most_recent)]
    fn is_most_recent(&self) -> bool {
        self.is_set_only()
    }

    #[setter(_is_most_recent)]
    fn set_is_most_recent(&self, is_most_recent: bool) {
        self.is_set_only.store(is_most_recent, Ordering::Relaxed);
    }

    #[getter(_is_computed)]
    fn computed(&self) -> bool {
        self.is_computed()
    }

    #[setter(_is_computed)]
    fn set_computed(&self, is_computed: bool) {
        self.is_computed.store(is_computed, Ordering::Relaxed);
    }
}
