//! A series looked up by its labels, then counted.

use crate::harness::{Contest, Role};
use crate::labelled::{
    dynamometer, floor, measured, metrics, opentelemetry, prometheus, prometheus_client,
};
use crate::peer::{self, map};

/// Keys beyond the limit that are looked up in turn.
const BEYOND: u32 = 1_000_000;

/// Returns the contest over 64 keys of two texts in turn.
pub(crate) fn texts() -> Contest {
    let mut entrants = vec![
        map::hashing(),
        dynamometer::texts(),
        prometheus::texts(),
        measured::texts(),
    ];
    entrants.extend(prometheus_client::texts());
    entrants.extend(metrics::texts());
    entrants.extend(opentelemetry::texts());
    Contest::new("labels-2", entrants)
}

/// Returns the contest over sixteen keys of two enums in turn.
///
/// prometheus, metrics and opentelemetry have no typed keys.
pub(crate) fn typed() -> Contest {
    Contest::new(
        "labels-typed",
        vec![
            floor::array(),
            dynamometer::typed(),
            prometheus_client::typed(),
            measured::typed(),
        ],
    )
}

/// Returns the contest of a handle that was looked up once with one that never was.
pub(crate) fn kept() -> Contest {
    Contest::new(
        "labels-kept",
        vec![
            peer::dynamometer::counter().role(Role::Floor),
            dynamometer::kept(),
        ],
    )
}

/// Returns the look-ups that a family with a limit counts in its last series.
///
/// The others have no limit but memory.
pub(crate) fn overflow() -> Contest {
    Contest::new(
        "overflow",
        vec![
            floor::numbers(BEYOND),
            dynamometer::within_limit(),
            dynamometer::beyond_limit(BEYOND),
        ],
    )
}
