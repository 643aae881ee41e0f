//! A family's name: sanitised, prefixed, and ending in its unit.

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
        prefix: &str,
        name: &str,
        unit: Option<Unit>,
        instrument: Instrument,
    ) -> Result<Self, Error> {
        let clean = with_unit(sanitize_prometheus_name(name)?, unit, instrument);
        let exposed = join(prefix, &clean);
        Ok(Self {
            asked: join(prefix, name),
            exposed,
        })
    }
}

/// Puts the prefix of a scope behind that of its parent.
pub(crate) fn join_prefix(parent: &str, prefix: &str) -> Result<String, Error> {
    if prefix.is_empty() {
        return Ok(parent.to_owned());
    }
    Ok(join(
        parent,
        sanitize_prometheus_name(prefix)?.trim_end_matches('_'),
    ))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn exposed(prefix: &str, name: &str, unit: Option<Unit>, instrument: Instrument) -> String {
        Name::new(prefix, name, unit, instrument).unwrap().exposed
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
    fn prefixes_nest() {
        assert_eq!(join_prefix("app", "http").unwrap(), "app_http");
        assert_eq!(join_prefix("app", "").unwrap(), "app");
        assert_eq!(join_prefix("", "app_").unwrap(), "app");
        assert!(join_prefix("app", "@@").is_err());
    }
}
