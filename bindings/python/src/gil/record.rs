//! Records into handles of the facade, by its rules.

use dynamometer::binding::Cells;
use dynamometer::{Counter, Distribution, FloatCounter, Gauge, Handle, Histogram, UpDownCounter};
use dynamometer_cells::{HistogramCells, Kept};
use pyo3::prelude::*;

use super::lease::held;

/// Adds `n` to a counter.
#[inline(always)]
pub(crate) fn inc(py: Python<'_>, counter: &Counter, n: u64) {
    match held(py) {
        Some(held) => held.inc(counter.cells(), n),
        None => counter.inc_by(n),
    }
}

/// Adds `n` to a float counter; NaN and what is negative are dropped and counted.
#[inline(always)]
pub(crate) fn inc_float(py: Python<'_>, counter: &FloatCounter, n: f64) {
    match held(py) {
        Some(held) if n >= 0.0 => held.inc_float(counter.cells(), n),
        _ => counter.inc_by(n),
    }
}

/// Adds `n`, which may be negative, to an up-down counter.
#[inline(always)]
pub(crate) fn add(py: Python<'_>, counter: &UpDownCounter, n: i64) {
    match held(py) {
        Some(held) => held.add(counter.cells(), n),
        None => counter.add(n),
    }
}

/// Sets a gauge, whose one cell every thread writes.
#[inline(always)]
pub(crate) fn set(_: Python<'_>, gauge: &Gauge, value: f64) {
    gauge.set(value);
}

/// Counts `value` `n` times; what the buckets do not admit is dropped and counted.
#[inline(always)]
pub(crate) fn observe<B: Distribution>(
    py: Python<'_>,
    histogram: &Histogram<Kept, B>,
    value: f64,
    n: u64,
) where
    Histogram<Kept, B>: Handle + Cells<Cells = HistogramCells<Kept, B>>,
{
    let cells = histogram.cells();
    match held(py) {
        Some(held) if n > 0 && cells.buckets().admits(value) => held.observe(cells, value, n),
        _ => histogram.observe_n(value, n),
    }
}

/// Adds observations that were counted elsewhere: how many in each bucket, and
/// their sum.
pub(crate) fn observe_all<B: Distribution>(
    py: Python<'_>,
    histogram: &Histogram<Kept, B>,
    buckets: &[u64],
    sum: f64,
) where
    Histogram<Kept, B>: Handle + Cells<Cells = HistogramCells<Kept, B>>,
{
    let cells = histogram.cells();
    match held(py) {
        Some(held) => held.observe_all(cells, buckets, sum),
        None => cells.add(buckets, sum),
    }
}
