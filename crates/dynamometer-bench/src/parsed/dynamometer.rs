//! dynamometer: this library.

use anyhow::Result;
use dynamometer_exposition::parse::scan::{Dialect, KnownSeries, Line, Scanner, Scraped};
use dynamometer_exposition::{Snapshot, parse};

use super::{Page, parsed};
use crate::encoded::{COUNTERS, Content};
use crate::harness::{Racer, Role};

const LIBRARY: &str = "dynamometer";

/// Returns the reading of text into a snapshot.
pub(crate) fn text(page: &Page<str>) -> Racer {
    let read = |page: &str| Ok(parse::text(page)?);
    parsed(LIBRARY, "parse::text", page, read, of_snapshot).role(Role::Ours)
}

/// Returns the reading of `OpenMetrics` into a snapshot.
pub(crate) fn openmetrics(page: &Page<str>) -> Racer {
    let read = |page: &str| Ok(parse::openmetrics(page)?);
    parsed(LIBRARY, "parse::openmetrics", page, read, of_snapshot).role(Role::Ours)
}

/// Returns the reading of protobuf into a snapshot.
pub(crate) fn protobuf(page: &Page<[u8]>) -> Racer {
    let read = |page: &[u8]| Ok(parse::protobuf(page)?);
    parsed(LIBRARY, "parse::protobuf", page, read, of_snapshot).role(Role::Ours)
}

/// Returns the reading of samples one by one, of series that are not known.
pub(crate) fn scanner(page: &Page<str>, dialect: Dialect) -> Racer {
    let read = move |page: &str| {
        let mut content = Content::default();
        let mut scanner = Scanner::new(page, dialect);
        while let Some(line) = scanner.next_line()? {
            if let Line::Sample(sample) = line {
                content.add(sample.point.value.as_f64());
            }
        }
        Ok(content)
    };
    parsed(LIBRARY, "Scanner", page, read, |content| Ok(*content)).role(Role::Another)
}

/// Returns the reading of samples one by one, of the series of the last page.
pub(crate) fn known(page: &Page<str>, dialect: Dialect) -> Racer {
    let mut known = KnownSeries::default();
    let read = move |page: &str| {
        let mut content = Content::default();
        let mut scanner = Scanner::new(page, dialect);
        known.begin();
        while let Some(line) = known.next_line(&mut scanner)? {
            match line {
                Scraped::Known { point, .. } => content.add(point.value.as_f64()),
                Scraped::Line(Line::Sample(sample)) => {
                    known.learn(sample.series, 0);
                    content.add(sample.point.value.as_f64());
                }
                Scraped::Line(_) => {}
            }
        }
        known.forget_absent(|_| ());
        Ok(content)
    };
    parsed(LIBRARY, "KnownSeries", page, read, |content| Ok(*content)).role(Role::Another)
}

fn of_snapshot(snapshot: &Snapshot) -> Result<Content> {
    Content::of_snapshot(snapshot, COUNTERS)
}
