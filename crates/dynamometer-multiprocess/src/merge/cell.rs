//! One number, made of those of all processes.

use crate::file_name::Store;
use crate::mode::Mode;

/// One number, made of those of all processes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cell {
    value: f64,
    /// When the value was set, in seconds since 1970.
    timestamp: f64,
    is_set: bool,
}

impl Cell {
    /// The number, where there is one.
    pub(super) fn value(self) -> Option<f64> {
        self.is_set.then_some(self.value)
    }

    /// Adds the number of a process, by the rule of its kind of metric.
    pub(super) fn add(&mut self, store: Store, value: f64, timestamp: f64) {
        let replaces = match store {
            Store::Counter | Store::Histogram | Store::Summary | Store::Gauge(Mode::Sum) => {
                self.value += value;
                self.is_set = true;
                return;
            }
            Store::Gauge(Mode::All) => true,
            Store::Gauge(Mode::Min) => !self.is_set || value < self.value,
            Store::Gauge(Mode::Max) => !self.is_set || value > self.value,
            // One that was never set has no time, and is not shown.
            Store::Gauge(Mode::MostRecent) => timestamp > self.timestamp,
        };
        if replaces {
            *self = Self {
                value,
                timestamp,
                is_set: true,
            };
        }
    }
}
