//! A duration that ends in a histogram.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use dynamometer::Clock;
use pyo3::prelude::*;

use super::{PyExponentialHistogram, PyHistogram, guard};
use crate::gil;

/// The histogram that is told how long it took: an object, which costs one
/// reference, where a handle costs three.
#[derive(Debug)]
pub(super) enum Target {
    Explicit(Py<PyHistogram>),
    Exponential(Py<PyExponentialHistogram>),
}

/// Observes how many seconds a with block or a function took.
///
/// Made by Histogram.time. A with block that raises is observed too.
#[pyclass(frozen, freelist = 16, name = "Timer", module = "dynamometer")]
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

    /// Begins to measure.
    pub(crate) fn start(&self) {
        self.nanoseconds.store(now(), Ordering::Relaxed);
    }

    /// Observes how long it took.
    pub(crate) fn stop(&self, py: Python<'_>) {
        let took = now().saturating_sub(self.nanoseconds.load(Ordering::Relaxed));
        self.nanoseconds.store(took, Ordering::Relaxed);
        let seconds = Duration::from_nanos(took).as_secs_f64();
        match &self.target {
            Target::Explicit(of) => gil::observe(py, &of.get().handle, seconds, 1),
            Target::Exponential(of) => gil::observe(py, &of.get().handle, seconds, 1),
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
        slf.get().start();
        slf
    }

    fn __exit__(
        &self,
        py: Python<'_>,
        _class: &Bound<'_, PyAny>,
        _exception: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) {
        self.stop(py);
    }

    /// How many seconds the block took, once it has ended.
    #[getter]
    fn duration(&self) -> f64 {
        Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed)).as_secs_f64()
    }

    /// Another timer of the same histogram.
    fn anew(&self, py: Python<'_>) -> Self {
        Self::new(match &self.target {
            Target::Explicit(of) => Target::Explicit(of.clone_ref(py)),
            Target::Exponential(of) => Target::Exponential(of.clone_ref(py)),
        })
    }

    fn __call__<'py>(
        slf: &Bound<'py, Self>,
        function: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guard::around(function, &slf.getattr("anew")?)
    }
}
