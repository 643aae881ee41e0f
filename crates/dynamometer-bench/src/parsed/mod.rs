//! One library per file: how it reads a page.
//!
//! The pages are this library's own, of counters in one family with four labels.
//! What a library keeps of a page differs: most make a structure of all samples,
//! ours can also hand them over one by one. prometheus-scrape, whose samples have
//! no public value, could not be checked and is left out.

pub(crate) mod dynamometer;
pub(crate) mod floor;
pub(crate) mod openmetrics_parser;
mod page;
pub(crate) mod prometheus_parse;
pub(crate) mod prost;

pub(crate) use page::{Page, parsed};
