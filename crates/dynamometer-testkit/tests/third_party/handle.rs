//! The handles: a value behind a lock, which is all that the contract needs and
//! none of the speed.

use std::sync::{Arc, Mutex};

use dynamometer::{HistogramValue, MetricCounter, MetricGauge, MetricHistogram};

#[derive(Clone, Default)]
pub(crate) struct TinyCounter(Arc<Mutex<u64>>);

impl MetricCounter for TinyCounter {
    fn inc(&self) {
        self.inc_by(1);
    }

    fn inc_by(&self, n: u64) {
        let mut value = self.0.lock().expect("no holder panics");
        *value = value.wrapping_add(n);
    }

    fn get_value(&self) -> u64 {
        *self.0.lock().expect("no holder panics")
    }
}

#[derive(Clone, Default)]
pub(crate) struct TinyGauge(Arc<Mutex<f64>>);

impl MetricGauge for TinyGauge {
    fn set(&self, v: f64) {
        *self.0.lock().expect("no holder panics") = v;
    }

    fn inc(&self, by: f64) {
        *self.0.lock().expect("no holder panics") += by;
    }

    fn dec(&self, by: f64) {
        *self.0.lock().expect("no holder panics") -= by;
    }

    fn get_value(&self) -> f64 {
        *self.0.lock().expect("no holder panics")
    }
}

#[derive(Clone)]
pub(crate) struct TinyHistogram {
    bounds: Arc<[f64]>,
    /// Counts of the buckets, and the sum.
    state: Arc<Mutex<(Vec<u64>, f64)>>,
}

impl TinyHistogram {
    pub(crate) fn new(bounds: &Arc<[f64]>) -> Self {
        Self {
            bounds: Arc::clone(bounds),
            state: Arc::new(Mutex::new((vec![0; bounds.len() + 1], 0.0))),
        }
    }
}

impl MetricHistogram for TinyHistogram {
    fn observe(&self, v: f64) {
        self.observe_n(v, 1);
    }

    fn observe_n(&self, v: f64, n: u64) {
        if v.is_nan() || n == 0 {
            return;
        }
        let bucket = self.bounds.iter().take_while(|bound| **bound < v).count();
        let (counts, sum) = &mut *self.state.lock().expect("no holder panics");
        counts[bucket] += n;
        *sum += v * n as f64;
    }

    fn get_value(&self) -> HistogramValue {
        let (counts, sum) = &*self.state.lock().expect("no holder panics");
        HistogramValue::new(Arc::clone(&self.bounds), counts.iter().copied(), *sum)
    }
}
