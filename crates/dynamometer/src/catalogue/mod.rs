//! The built-in metrics: their names, labels, buckets and help texts.
//!
//! Generated from `catalogue/metrics.toml` by `cargo xtask gen`, and listed for
//! readers in `docs/metrics.md`. Code names a built-in metric by its constant:
//!
//! ```
//! use dynamometer::catalogue::{self, component};
//!
//! assert_eq!(component::REQUESTS_TOTAL, "dynamo_component_requests_total");
//! let metric = catalogue::find(component::REQUEST_DURATION_SECONDS).expect("in the catalogue");
//! assert_eq!(metric.buckets.last(), Some(&600.0));
//! ```

mod generated {
    pub(super) mod all;
    pub(super) mod names;
}

pub use dynamometer_exposition::{Kind, Unit};
pub use generated::all::ALL;
pub use generated::names::*;

/// One built-in metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metric {
    /// The name as exposed; `build_info` is preceded by the component's prefix.
    pub name: &'static str,
    /// The group it is listed under.
    pub group: &'static str,
    /// The kind as exposed.
    pub kind: Kind,
    /// The unit, where there is one.
    pub unit: Option<Unit>,
    /// Labels besides the automatic ones.
    pub labels: &'static [&'static str],
    /// Upper bounds of a histogram's buckets.
    pub buckets: &'static [f64],
    /// The help text.
    pub help: &'static str,
    /// The version that introduced it.
    pub since: &'static str,
    /// The metric that this one is another name of.
    pub alias_of: Option<&'static str>,
    /// The design document that asks for it.
    pub seed: Option<&'static str>,
}

/// Returns the built-in metric called `name`.
pub fn find(name: &str) -> Option<&'static Metric> {
    ALL.iter().find(|metric| metric.name == name)
}

/// Returns the help text of a built-in metric; empty where there is none.
pub(crate) fn help(name: &str) -> &'static str {
    find(name).map_or("", |metric| metric.help)
}
