//! A family's name: sanitised, prefixed, and ending in its unit, or in `_info`.

use std::sync::Arc;

use dynamometer_exposition::Unit;

use crate::error::Error;
use crate::registry::Instrument;
use crate::sanitize::sanitize_prometheus_name;

/// The name as it is exposed, and as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) exposed: String,
    /// Prefix and name before they were sanitised, to tell a collision.
    pub(crate) asked: String,
}

impl Name {
    pub(crate) fn new(
        prefix: &Prefix,
        name: &str,
        unit: Option<Unit>,
        instrument: Instrument,
    ) -> Result<Self, Error> {
        let clean = with_unit(sanitize_prometheus_name(name)?, unit, instrument);
        // With its unit: `latency` and `latency_seconds` are one name in seconds.
        let asked = with_unit(name.to_owned(), unit, instrument);
        Ok(Self {
            asked: with_info(join(&prefix.asked, &asked), instrument),
            exposed: with_info(join(&prefix.exposed, &clean), instrument),
        })
    }
}

/// What the names of a container begin with: as exposed, and as it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prefix {
    exposed: Arc<str>,
    asked: Arc<str>,
}

impl Prefix {
    /// Puts the prefix of a scope behind this one.
    pub(crate) fn join(&self, prefix: &str) -> Result<Self, Error> {
        let prefix = prefix.trim_end_matches('_');
        if prefix.is_empty() {
            return Ok(self.clone());
        }
        let clean = sanitize_prometheus_name(prefix)?;
        Ok(Self {
            exposed: join(&self.exposed, clean.trim_end_matches('_')).into(),
            asked: join(&self.asked, prefix).into(),
        })
    }

    /// What a name was asked for as, behind this prefix.
    #[cfg(feature = "libnv")]
    pub(crate) fn ask(&self, name: &str) -> String {
        join(&self.asked, name)
    }

    /// The prefix as exposed, without the underscore that follows it.
    pub(crate) fn as_str(&self) -> &str {
        &self.exposed
    }
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}_{name}")
    }
}

/// Appends the unit, before a counter's `_total`, unless it is there.
fn with_unit(name: String, unit: Option<Unit>, instrument: Instrument) -> String {
    let Some(unit) = unit.map(Unit::as_str) else {
        return name;
    };
    let total = if instrument.is_counter() {
        name.strip_suffix("_total")
    } else {
        None
    };
    let stem = total.unwrap_or(&name);
    let has_unit = stem
        .strip_suffix(unit)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('_'));
    match (has_unit, total) {
        (true, _) => name,
        (false, Some(stem)) => format!("{stem}_{unit}_total"),
        (false, None) => format!("{name}_{unit}"),
    }
}

/// Appends `_info` to the name of an info, unless it is there.
///
/// There must be something before it: without `_info` it is the family's name in
/// `OpenMetrics`.
/// <https://prometheus.io/docs/specs/om/open_metrics_spec/#info>
fn with_info(name: String, instrument: Instrument) -> String {
    let stem = name.strip_suffix("_info");
    match (instrument, stem) {
        (Instrument::Info, None | Some("")) => format!("{name}_info"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefix(name: &str) -> Prefix {
        Prefix::default().join(name).unwrap()
    }

    fn exposed(scope: &str, name: &str, unit: Option<Unit>, instrument: Instrument) -> String {
        Name::new(&prefix(scope), name, unit, instrument)
            .unwrap()
            .exposed
    }

    #[test]
    fn the_prefix_stands_before_the_name() {
        assert_eq!(
            exposed("MyHTTP", "requests_total", None, Instrument::Counter),
            "MyHTTP_requests_total"
        );
        assert_eq!(
            exposed("", "requests_total", None, Instrument::Counter),
            "requests_total"
        );
        assert_eq!(exposed("app", "1st", None, Instrument::Gauge), "app__1st");
    }

    #[test]
    fn the_unit_is_appended_once_and_before_total() {
        let unit = Some(Unit::Seconds);
        let name = |name, instrument| exposed("", name, unit, instrument);
        assert_eq!(name("latency", Instrument::Histogram), "latency_seconds");
        assert_eq!(
            name("latency_seconds", Instrument::Histogram),
            "latency_seconds"
        );
        assert_eq!(
            name("busy_total", Instrument::FloatCounter),
            "busy_seconds_total"
        );
        assert_eq!(
            name("busy_seconds_total", Instrument::FloatCounter),
            "busy_seconds_total"
        );
        assert_eq!(
            name("milliseconds", Instrument::Gauge),
            "milliseconds_seconds"
        );
        assert_eq!(name("seconds", Instrument::Gauge), "seconds");
    }

    #[test]
    fn the_name_of_an_info_ends_in_info_behind_something_else() {
        let name = |scope, name| exposed(scope, name, None, Instrument::Info);
        assert_eq!(name("", "build"), "build_info");
        assert_eq!(name("app", "build"), "app_build_info");
        assert_eq!(name("app", "build_info"), "app_build_info");
        assert_eq!(name("app", "info"), "app_info");
        assert_eq!(name("", "info"), "info_info");
        assert_eq!(name("", "_info"), "_info_info");
        assert_eq!(name("", "buildinfo"), "buildinfo_info");
        assert_eq!(exposed("", "build", None, Instrument::Gauge), "build");
    }

    #[test]
    fn prefixes_nest() {
        assert_eq!(prefix("app").join("http").unwrap().as_str(), "app_http");
        assert_eq!(prefix("app").join("").unwrap().as_str(), "app");
        assert_eq!(prefix("app_").as_str(), "app");
        assert!(prefix("app").join("@@").is_err());
        assert_eq!(prefix("a_b"), prefix("a").join("b").unwrap());
    }

    #[test]
    fn prefixes_that_are_sanitised_alike_are_told_apart() {
        assert_eq!(prefix("a-b").as_str(), prefix("a.b").as_str());
        assert_ne!(prefix("a-b"), prefix("a.b"));
    }
}
