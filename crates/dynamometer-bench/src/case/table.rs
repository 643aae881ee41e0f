//! The bare map behind a family: a look-up by two texts, then a record.

use crate::harness::Contest;
use crate::peer::map;

/// Returns the contest over 64 series in turn: our table, and maps of others.
///
/// Every entrant hashes with foldhash and counts in the same kind of cell, so
/// that the rows differ by the map alone. See docs/adr/0005.
pub(crate) fn contest() -> Contest {
    Contest::new(
        "table",
        vec![map::hashing(), map::table(), map::papaya(), map::locked()],
    )
}
