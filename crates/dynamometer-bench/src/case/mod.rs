//! The kinds of measurement, one per file.

pub(crate) mod boxed;
pub(crate) mod counter;
pub(crate) mod cpp;
pub(crate) mod create;
pub(crate) mod encode;
pub(crate) mod float_counter;
pub(crate) mod gauge;
pub(crate) mod histogram;
pub(crate) mod idle;
pub(crate) mod labels;
pub(crate) mod memory;
pub(crate) mod parse;
pub(crate) mod scrape;
pub(crate) mod series_memory;
pub(crate) mod table;
pub(crate) mod up_down;

use anyhow::Result;

use crate::harness::{Contest, Plan};
use crate::report::Row;

/// Measures the cost of a record, for every kind.
///
/// # Errors
///
/// When a library does not hold what was recorded.
pub(crate) fn record(plan: &Plan) -> Result<Vec<Row>> {
    const CONTESTS: [fn() -> Contest; 15] = [
        counter::single,
        counter::in_turn,
        boxed::contest,
        float_counter::contest,
        up_down::contest,
        gauge::set,
        gauge::add,
        histogram::eleven,
        histogram::seventeen,
        histogram::exponential,
        labels::texts,
        labels::typed,
        labels::kept,
        labels::overflow,
        table::contest,
    ];
    let mut rows = Vec::new();
    for contest in CONTESTS {
        rows.extend(contest().run(plan)?);
    }
    Ok(rows)
}
