//! A duration that ends in a histogram.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use dynamometer::{Clock, ExponentialHistogram, Histogram};
use pyo3::prelude::*;

use super::guard;
use crate::gil;

/// The histogram that is told how long it took.
#[derive(Clone, Debug)]
pub(super) enum Target {
    Explicit(Histogram),
    Exponential(ExponentialHistogram),
}

/// Observes how many seconds a with block or a function took.
///
/// Made by Histogram.time. A with block that raises is observed too.
#[pyclass(frozen, name = "Timer", module = "dynamometer")]
#[derive(Debug)]
pub(crate) struct PyTimer {
    target: Target,
    /// In nanoseconds, when it was entered; when it ended, how long it took.
    nanoseconds: AtomicU64,
}

impl PyTimer {
    pub(super) fn new(target: Target) -> Self {
        Self {
            target,
            nanoseconds: AtomicU64::new(0),
        }
    }
}

/// Of a clock that began with the process: more than 500 years fit.
fn now() -> u64 {
    u64::try_from(Clock::system().now().as_nanos()).unwrap_or(u64::MAX)
}

#[pymethods]
impl PyTimer {
    fn __enter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf.get().nanoseconds.store(now(), Ordering::Relaxed);
        slf
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, py: Python<'_>, _exception: &Bound<'_, pyo3::types::PyTuple>) {
        let took = now().saturating_sub(self.nanoseconds.load(Ordering::Relaxed));
        self.nanoseconds.store(took, Ordering::Relaxed);
        let seconds = Duration::from_nanos(took).as_secs_f64();
        match &self.target {
            Target::Explicit(histogram) => gil::observe(py, histogram, seconds, 1),
            Target::Exponential(histogram) => gil::observe(py, histogram, seconds, 1),
        }
    }

    /// How many seconds the block took, once it has ended.
    #[getter]
    fn duration(&self) -> f64 {
        Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed)).as_secs_f64()
    }

    /// Another timer of the same histogram.
    fn anew(&self) -> Self {
        Self::new(self.target.clone())
    }

    fn __call__<'py>(
        slf: &Bound<'py, Self>,
        function: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guard::around(function, &slf.getattr("anew")?)
    }
}
