//! Handles with a fault.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, ThreadId};

use dynamometer::{
    FloatCounter, HistogramValue, MetricCounter, MetricGauge, MetricHistogram, UpDownCounter,
};
use dynamometer_testkit::{FloatCounterHandle, UpDownCounterHandle};

use crate::fault::Fault;

pub(crate) struct Faulty<T: ?Sized> {
    fault: Fault,
    calls: AtomicU64,
    home: ThreadId,
    inner: Box<T>,
}

impl<T: ?Sized> Faulty<T> {
    pub(crate) fn new(inner: Box<T>, fault: Fault) -> Self {
        Self {
            fault,
            calls: AtomicU64::new(0),
            home: thread::current().id(),
            inner,
        }
    }
}

impl MetricCounter for Faulty<dyn MetricCounter> {
    fn inc(&self) {
        self.inc_by(1);
    }

    fn inc_by(&self, n: u64) {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        let is_lost = match self.fault {
            Fault::LosesEverySecondIncrement => call % 2 == 1,
            Fault::ForgetsOtherThreads => thread::current().id() != self.home,
            _ => false,
        };
        if !is_lost {
            self.inner.inc_by(n);
        }
    }

    fn get_value(&self) -> u64 {
        self.inner.get_value()
    }
}

impl MetricGauge for Faulty<dyn MetricGauge> {
    fn set(&self, v: f64) {
        if !(v.is_nan() && self.fault == Fault::RefusesNan) {
            self.inner.set(v);
        }
    }

    fn inc(&self, by: f64) {
        self.inner.inc(by);
    }

    fn dec(&self, by: f64) {
        self.inner.dec(by);
    }

    fn get_value(&self) -> f64 {
        self.inner.get_value()
    }
}

impl MetricHistogram for Faulty<dyn MetricHistogram> {
    fn observe(&self, v: f64) {
        self.observe_n(v, 1);
    }

    fn observe_n(&self, v: f64, n: u64) {
        let value = self.inner.get_value();
        let observed = match self.fault {
            // The next float is in the bucket behind, as the bound itself would be.
            Fault::ExclusiveBounds if value.bounds().contains(&v) => v.next_up(),
            Fault::ObservesNan if v.is_nan() => 0.0,
            _ => v,
        };
        self.inner.observe_n(observed, n);
    }

    fn get_value(&self) -> HistogramValue {
        self.inner.get_value()
    }
}

/// Adds what is negative as if it were not.
pub(crate) struct Unsigned(pub(crate) FloatCounter);

impl FloatCounterHandle for Unsigned {
    fn inc(&self) {
        self.0.inc();
    }

    fn inc_by(&self, n: f64) {
        self.0.inc_by(n.abs());
    }

    fn get_value(&self) -> f64 {
        self.0.get_value()
    }
}

/// Drops what is negative.
pub(crate) struct OnlyUp(pub(crate) UpDownCounter);

impl UpDownCounterHandle for OnlyUp {
    fn add(&self, n: i64) {
        self.0.add(n.max(0));
    }

    fn get_value(&self) -> i64 {
        self.0.get_value()
    }
}
