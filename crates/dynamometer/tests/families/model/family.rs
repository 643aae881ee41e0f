//! A family of any kind, seen from one scope.

use dynamometer::{CounterVec, FloatCounterVec, GaugeVec, HistogramVec, Labels, UpDownCounterVec};

/// A typed key.
pub(super) struct Key(pub(super) bool, pub(super) bool);

impl Labels for Key {
    const NAMES: &'static [&'static str] = &["mode", "flag"];
    const VALUES: &'static [Option<&'static [&'static str]>] =
        &[Some(&["slow", "fast"]), Some(&["off", "on"])];

    fn index(&self) -> usize {
        usize::from(self.0) * 2 + usize::from(self.1)
    }

    fn with_values<R>(&self, with: impl FnOnce(&[&str]) -> R) -> R {
        with(&[
            ["slow", "fast"][usize::from(self.0)],
            ["off", "on"][usize::from(self.1)],
        ])
    }
}

/// A family seen from one scope.
pub(super) enum Family {
    Counter(CounterVec),
    Float(FloatCounterVec),
    UpDown(UpDownCounterVec),
    Gauge(GaugeVec),
    Histogram(HistogramVec),
    Typed(CounterVec<Key>),
}

/// Does something with the family whatever it is, and with a key it takes.
macro_rules! with {
    ($of:expr, $values:expr, |$family:ident, $look_up:ident, $key:ident| $do:expr) => {
        match $of {
            Family::Counter($family) => with!($family, $values, $look_up, $key, $do),
            Family::Float($family) => with!($family, $values, $look_up, $key, $do),
            Family::UpDown($family) => with!($family, $values, $look_up, $key, $do),
            Family::Gauge($family) => with!($family, $values, $look_up, $key, $do),
            Family::Histogram($family) => with!($family, $values, $look_up, $key, $do),
            Family::Typed($family) => {
                let key = Key($values[0] == "fast", $values[1] == "on");
                let ($look_up, $key) = ($family.with(&key), &key);
                $do
            }
        }
    };
    ($family:ident, $values:expr, $look_up:ident, $key:ident, $do:expr) => {{
        let ($look_up, $key) = ($family.with_label_values($values), $values);
        $do
    }};
}

pub(super) use with;
