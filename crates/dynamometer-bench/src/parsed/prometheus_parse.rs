//! prometheus-parse, which takes lines that are its own.

use prometheus_parse::{Scrape, Value};

use super::{Page, parsed};
use crate::encoded::Content;
use crate::harness::Racer;

/// Returns the reading of text.
pub(crate) fn text(page: &Page<str>) -> Racer {
    let read = |page: &str| Ok(Scrape::parse(page.lines().map(|line| Ok(line.to_owned())))?);
    parsed("prometheus-parse", "Scrape::parse", page, read, |scrape| {
        let values = scrape.samples.iter().map(|sample| match sample.value {
            Value::Counter(value) => value,
            _ => f64::NAN,
        });
        Ok(Content::of_values(values))
    })
}
