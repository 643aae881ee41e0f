//! Sources of tests, and what is read of them.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dynamometer::{
    Desc, Family, HistogramValue, Kind, LabelSet, Snapshot, Source, SourceError, Value, Values,
    self_metrics,
};

/// How long a test waits for what it knows to come.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// How long a snapshot waits for a source that is known to hang.
pub(crate) const SHORT: Duration = Duration::from_millis(5);

pub(crate) fn family(name: &str, kind: Kind, from: &str, values: Values) -> Family {
    let labels = vec![LabelSet::new([("from", from)])];
    Family::new(Desc::new(name, kind), Arc::new(labels), values)
}

pub(crate) fn gauge(name: &str, from: &str, value: f64) -> Family {
    family(name, Kind::Gauge, from, Values::Float(vec![value]))
}

pub(crate) fn histogram(name: &str, from: &str) -> Family {
    let value = HistogramValue::new([1.0].into(), [1, 2], 4.5);
    family(name, Kind::Histogram, from, Values::Histogram(vec![value]))
}

/// The value of a gauge of a snapshot.
pub(crate) fn value(page: &Snapshot, name: &str, from: &str) -> Option<f64> {
    page.value(name, &[("from", from)]).map(Value::as_f64)
}

fn of_source(name: &str, source: &str) -> Option<f64> {
    let page = self_metrics().get_metrics();
    page.value(name, &[("source", source)]).map(Value::as_f64)
}

/// Whether a source is up; `None` where nothing is said of it.
pub(crate) fn up(source: &str) -> Option<f64> {
    of_source("dynamometer_source_up", source)
}

/// Seconds that the last read of a source took.
pub(crate) fn duration(source: &str) -> Option<f64> {
    of_source("dynamometer_source_duration_seconds", source)
}

/// A count of the library's own.
pub(crate) fn counted(name: &str, reason: &str) -> f64 {
    let page = self_metrics().get_metrics();
    page.value(name, &[("reason", reason)])
        .map_or(0.0, Value::as_f64)
}

/// A source whose reads wait until the test lets them go on, one by one.
pub(crate) struct Gated {
    pub(crate) begun: Mutex<Sender<()>>,
    pub(crate) go_on: Mutex<Receiver<f64>>,
    pub(crate) name: &'static str,
}

/// What a test holds of a [`Gated`] source.
pub(crate) struct Gate {
    pub(crate) begun: Receiver<()>,
    pub(crate) go_on: Sender<f64>,
}

impl Gated {
    /// A source of one gauge, and what opens its gate.
    pub(crate) fn new(name: &'static str) -> (Arc<Self>, Gate) {
        let (begin, begun) = channel();
        let (go_on, gone_on) = channel();
        let source = Self {
            begun: Mutex::new(begin),
            go_on: Mutex::new(gone_on),
            name,
        };
        (Arc::new(source), Gate { begun, go_on })
    }
}

impl Source for Gated {
    fn read(&self) -> Result<Snapshot, SourceError> {
        self.begun.lock().unwrap().send(()).unwrap();
        let value = self.go_on.lock().unwrap().recv();
        let value = value.map_err(|_| SourceError::from("the test is over"))?;
        Ok([gauge(self.name, "gate", value)].into())
    }
}
