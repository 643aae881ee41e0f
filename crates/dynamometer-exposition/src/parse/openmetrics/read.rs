//! A page as a snapshot.

use crate::model::Snapshot;
use crate::parse::error::ParseError;
use crate::parse::openmetrics::page::Page;
use crate::parse::scan::{Dialect, Scanner};

/// Reads a page of `OpenMetrics` text, version 1.0.
///
/// What the specification says a page must be, it must be; quoted names of
/// Prometheus 3 are read too. Two of its rules are for who writes a page and not
/// checked: that names which begin with `_` or hold a `:` are reserved.
///
/// A family keeps the name that its samples have: counter `requests` becomes
/// `requests_total`, info `build` becomes `build_info`. Of several points of one
/// metric the last is kept. Timestamps, start times and exemplars are kept; the
/// sum of a histogram that has none is `NaN`. Names that only fit in quotes get a
/// `_` for each character that the model does not hold.
///
/// <https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md>
///
/// # Errors
///
/// At the first line that breaks a rule, or at the first line of a metric that
/// does. Limits are those of [`text`](crate::parse::text).
///
/// # Cost
///
/// That of [`text`](crate::parse::text).
pub fn openmetrics(page: &str) -> Result<Snapshot, ParseError> {
    let mut families = Page::new(page);
    let mut scanner = Scanner::new(page, Dialect::OpenMetrics);
    while let Some(line) = scanner.next_line()? {
        families.add(&line)?;
    }
    families.finish()
}
