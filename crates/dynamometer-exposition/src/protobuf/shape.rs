//! What each family is in this format.

use crate::model::{Family, Kind, Values};
use crate::protobuf::time::{MOST_TIME, put_time};

/// The type of a family, and the field of `Metric` that holds its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) kind: u64,
    pub(super) field: u32,
}

const COUNTER: Shape = Shape { kind: 0, field: 3 };
const GAUGE: Shape = Shape { kind: 1, field: 2 };
const SUMMARY: Shape = Shape { kind: 2, field: 4 };
const UNTYPED: Shape = Shape { kind: 3, field: 5 };
const HISTOGRAM: Shape = Shape { kind: 4, field: 7 };
const GAUGE_HISTOGRAM: Shape = Shape { kind: 5, field: 7 };

impl Shape {
    /// The shape of a family; what holds distributions is shown as such.
    pub(super) fn of(family: &Family) -> Self {
        match (family.desc().kind(), &family.values) {
            (Kind::GaugeHistogram, Values::Histogram(_) | Values::Exponential(_)) => {
                GAUGE_HISTOGRAM
            }
            (_, Values::Histogram(_) | Values::Exponential(_)) => HISTOGRAM,
            (_, Values::Summary(_)) => SUMMARY,
            (Kind::Counter, _) => COUNTER,
            (Kind::Gauge | Kind::Info | Kind::StateSet, _) => GAUGE,
            _ => UNTYPED,
        }
    }

    pub(super) fn is_counter(self) -> bool {
        self == COUNTER
    }

    /// How many bytes of a plain number's `Metric` stand behind its value.
    pub(super) fn bytes_after_value(self, created: Option<f64>) -> usize {
        let created = created.filter(|_| self.is_counter());
        // A field and a length before the time.
        created.map_or(0, |created| 2 + put_time(&mut [0; MOST_TIME], created))
    }
}
