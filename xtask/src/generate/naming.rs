//! The naming rules that a design document may make a metric break.

use super::catalogue::{Catalogue, Metric, Rule};

/// Units that end names elsewhere; ours are seconds, bytes and ratios of 0-1.
const OTHER_UNITS: [&str; 17] = [
    "ms",
    "us",
    "ns",
    "milliseconds",
    "microseconds",
    "nanoseconds",
    "minutes",
    "hours",
    "days",
    "kb",
    "mb",
    "gb",
    "kilobytes",
    "megabytes",
    "gigabytes",
    "bits",
    "percent",
];

/// Returns the rules that a name breaks unasked, and those it is let off in vain.
pub(super) fn check(catalogue: &Catalogue, metric: &Metric) -> Vec<String> {
    let broken = rules(catalogue, metric);
    let unneeded = metric
        .allow
        .iter()
        .filter(|rule| broken.iter().all(|(b, _)| b != *rule));
    let unneeded = unneeded.map(|rule| {
        format!(
            "allows `{}`, but does not break that rule; take it out",
            rule.name()
        )
    });
    let forbidden = broken
        .iter()
        .filter(|(rule, _)| !metric.allow.contains(rule));
    let forbidden = forbidden.map(|(rule, what)| {
        format!(
            "{what} (`allow = [\"{}\"]` where a design document fixes the name)",
            rule.name()
        )
    });
    forbidden.chain(unneeded).collect()
}

fn rules(catalogue: &Catalogue, metric: &Metric) -> Vec<(Rule, String)> {
    let mut broken = Vec::new();
    let counts = metric.kind.is_counter();
    if counts != metric.name.ends_with("_total") {
        let what = "`_total` ends the names of counters, and no others";
        broken.push((Rule::TotalSuffix, what.to_owned()));
    }
    let stem = metric.name.strip_suffix("_total").unwrap_or(&metric.name);
    let last = stem.rsplit('_').next().unwrap_or(stem);
    match metric.unit {
        Some(unit) if last != unit.suffix() => {
            let what = format!(
                "is measured in {0}, so `_{0}` must end its name",
                unit.suffix()
            );
            broken.push((Rule::UnitSuffix, what));
        }
        None if ["seconds", "bytes", "ratio"].contains(&last) => {
            broken.push((
                Rule::UnitSuffix,
                format!("ends with `_{last}` but has no such unit"),
            ));
        }
        _ => {}
    }
    if OTHER_UNITS.contains(&last) {
        let what = format!("ends with `_{last}`; base units are seconds, bytes and ratios");
        broken.push((Rule::BaseUnit, what));
    }
    if !metric.help.ends_with('.') {
        broken.push((Rule::FullStop, "help must end with a full stop".to_owned()));
    }
    let target = metric.alias_of.as_ref().and_then(|alias| {
        catalogue
            .metrics
            .iter()
            .find(|other| other.name == *alias && other.kind != metric.kind)
    });
    if let Some(target) = target {
        broken.push((
            Rule::AliasKind,
            format!("is of another kind than `{}`", target.name),
        ));
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Problems of a gauge's or counter's name with further fields.
    fn problems(name: &str, kind: &str, fields: &str) -> Vec<String> {
        let help = if fields.contains("help") {
            ""
        } else {
            "help = 'H.'\n"
        };
        let text = format!(
            "group = []\nlabel = []\n[[metric]]\nname = 'g'\ngroup = 'g'\nkind = 'gauge'\n\
             help = 'H.'\nsince = '0.1.0'\n[[metric]]\nname = '{name}'\ngroup = 'g'\n\
             kind = '{kind}'\nsince = '0.1.0'\n{help}{fields}\n"
        );
        let catalogue = Catalogue::parse(&text).unwrap();
        check(&catalogue, &catalogue.metrics[1])
    }

    #[track_caller]
    fn refused(name: &str, kind: &str, fields: &str, why: &str) {
        let problems = problems(name, kind, fields);
        assert!(
            problems.iter().any(|problem| problem.contains(why)),
            "{why}: {problems:?}"
        );
    }

    #[track_caller]
    fn fine(name: &str, kind: &str, fields: &str) {
        assert_eq!(problems(name, kind, fields), [] as [&str; 0]);
    }

    #[test]
    fn total_ends_counters_and_nothing_else() {
        fine("a_total", "counter", "");
        fine("a_total", "float_counter", "");
        refused("a", "counter", "", "`_total` ends");
        refused("a_total", "gauge", "", "`_total` ends");
    }

    #[test]
    fn the_unit_ends_the_name() {
        fine("a_seconds_total", "float_counter", "unit = 'seconds'");
        fine("a_ratio", "gauge", "unit = 'ratio'");
        refused("a", "gauge", "unit = 'bytes'", "`_bytes` must end");
        refused("a_seconds", "gauge", "", "has no such unit");
    }

    #[test]
    fn only_base_units_are_used() {
        refused("a_ms", "gauge", "", "base units");
        refused("a_ns_total", "counter", "", "base units");
        refused("a_percent", "gauge", "", "base units");
    }

    #[test]
    fn help_ends_with_a_full_stop() {
        refused("a", "gauge", "help = 'H'", "full stop");
    }

    #[test]
    fn an_alias_has_the_kind_of_its_target() {
        fine("a", "gauge", "alias_of = 'g'");
        refused("a_total", "counter", "alias_of = 'g'", "another kind");
    }

    #[test]
    fn allow_lets_a_name_off_and_must_be_needed() {
        fine("a_total", "gauge", "allow = ['total_suffix']");
        fine(
            "a_percent",
            "gauge",
            "unit = 'ratio'\nallow = ['base_unit', 'unit_suffix']",
        );
        refused(
            "a_total",
            "counter",
            "allow = ['total_suffix']",
            "take it out",
        );
        refused(
            "a_percent",
            "gauge",
            "allow = ['total_suffix']",
            "base units",
        );
    }
}
