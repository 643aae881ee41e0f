//! The rules of the catalogue that have no exceptions.

use std::collections::BTreeSet;

use super::catalogue::{Catalogue, Group, Kind, Metric};
use super::naming;

/// Suffixes that text formats give to the lines of one family.
const LINE_SUFFIXES: [&str; 4] = ["_bucket", "_count", "_sum", "_created"];

/// Label keys that text formats keep for themselves.
const RESERVED_LABELS: [&str; 2] = ["le", "quantile"];

/// Words that cannot name a Rust module, among those one would choose here.
const KEYWORDS: [&str; 8] = [
    "self", "super", "crate", "type", "use", "mod", "static", "gen",
];

/// Returns every way in which the catalogue breaks a rule, one line each.
pub(crate) fn check(catalogue: &Catalogue) -> Vec<String> {
    let mut problems = Vec::new();
    repeated(
        &mut problems,
        "group",
        catalogue.groups.iter().map(|group| group.name.as_str()),
    );
    repeated(
        &mut problems,
        "label",
        catalogue.labels.iter().map(|label| label.name.as_str()),
    );
    repeated(
        &mut problems,
        "metric",
        catalogue.metrics.iter().map(|metric| metric.name.as_str()),
    );
    for group in &catalogue.groups {
        let broken = group_rules(catalogue, group);
        problems.extend(
            broken
                .into_iter()
                .map(|what| format!("group {}: {what}", group.name)),
        );
    }
    for label in &catalogue.labels {
        let broken = label_rules(catalogue, &label.name);
        problems.extend(
            broken
                .into_iter()
                .map(|what| format!("label {}: {what}", label.name)),
        );
    }
    for metric in &catalogue.metrics {
        let mut broken = metric_rules(catalogue, metric);
        broken.extend(naming::check(catalogue, metric));
        problems.extend(
            broken
                .into_iter()
                .map(|what| format!("{}: {what}", metric.name)),
        );
    }
    problems
}

fn repeated<'a>(problems: &mut Vec<String>, what: &str, names: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            problems.push(format!("{what} {name}: is there twice"));
        }
    }
}

fn group_rules(catalogue: &Catalogue, group: &Group) -> Vec<String> {
    let mut broken = Vec::new();
    if !is_snake_case(group.module()) || KEYWORDS.contains(&group.module()) {
        broken.push(format!(
            "`{}` cannot name a Rust module; set `module`",
            group.module()
        ));
    }
    for label in &group.auto_labels {
        if !catalogue.labels.iter().any(|known| known.name == *label) {
            broken.push(format!(
                "automatic label `{label}` is not described by a [[label]]"
            ));
        }
    }
    for (label, values) in &group.values {
        if KEYWORDS.contains(&label.as_str()) {
            broken.push(format!(
                "label `{label}` with closed values cannot name a Rust module"
            ));
        }
        if !catalogue
            .metrics_of(group)
            .any(|metric| metric.labels.contains(label))
        {
            broken.push(format!(
                "has values for label `{label}`, which none of its metrics has"
            ));
        }
        if values.is_empty() || !values.iter().all(|value| is_snake_case(value)) {
            broken.push(format!(
                "values of label `{label}` must be snake_case words"
            ));
        }
        repeated(
            &mut broken,
            &format!("value of label `{label}`"),
            values.iter().map(|v| &**v),
        );
    }
    broken
}

fn label_rules(catalogue: &Catalogue, label: &str) -> Vec<String> {
    let mut broken = Vec::new();
    if !is_snake_case(label) || label.starts_with("__") {
        broken.push("must be snake_case and not begin with two underscores".to_owned());
    }
    if RESERVED_LABELS.contains(&label) {
        broken.push("is reserved by the text formats".to_owned());
    }
    let on_metric = catalogue.metrics.iter().flat_map(|metric| &metric.labels);
    let on_group = catalogue.groups.iter().flat_map(|group| &group.auto_labels);
    if !on_metric.chain(on_group).any(|used| used == label) {
        broken.push("is on no metric".to_owned());
    }
    broken
}

/// The rules without exceptions.
fn metric_rules(catalogue: &Catalogue, metric: &Metric) -> Vec<String> {
    let mut broken = Vec::new();
    if !is_snake_case(&metric.name) {
        broken.push("must be snake_case: [a-z_][a-z0-9_]*".to_owned());
    }
    if let Some(suffix) = LINE_SUFFIXES
        .iter()
        .find(|suffix| metric.name.ends_with(**suffix))
    {
        broken.push(format!(
            "ends with `{suffix}`, which text formats add themselves"
        ));
    }
    if (metric.kind == Kind::Info) != metric.name.ends_with("_info") {
        broken.push("`_info` ends the names of info metrics, and no others".to_owned());
    }
    match catalogue.group_of(metric) {
        None => broken.push(format!("group `{}` does not exist", metric.group)),
        Some(group) if metric.name.len() <= group.prefix.len() => {
            broken.push("has no name behind its prefix".to_owned());
        }
        Some(group) if !metric.name.starts_with(&group.prefix) => {
            broken.push(format!(
                "does not begin with its group's prefix `{}`",
                group.prefix
            ));
        }
        Some(group) => {
            if let Some(label) = metric.labels.iter().find(|l| group.auto_labels.contains(l)) {
                broken.push(format!("label `{label}` is added automatically already"));
            }
        }
    }
    for label in &metric.labels {
        if !catalogue.labels.iter().any(|known| known.name == *label) {
            broken.push(format!("label `{label}` is not described by a [[label]]"));
        }
    }
    repeated(
        &mut broken,
        "label",
        metric.labels.iter().map(|label| &**label),
    );
    if (metric.kind == Kind::Histogram) == metric.buckets.is_empty() {
        broken.push("histograms have buckets, and nothing else has".to_owned());
    }
    let rising = metric.buckets.windows(2).all(|pair| pair[0] < pair[1]);
    if !rising || !metric.buckets.iter().all(|bound| bound.is_finite()) {
        broken.push("buckets must be finite and strictly increasing".to_owned());
    }
    if metric.help.trim().is_empty() || metric.help.contains('\n') {
        broken.push("help must be one line that says something".to_owned());
    }
    if metric
        .since
        .split('.')
        .filter(|part| part.parse::<u32>().is_ok())
        .count()
        != 3
    {
        broken.push(format!("since `{}` is not a version", metric.since));
    }
    if let Some(alias) = &metric.alias_of {
        match catalogue.metrics.iter().find(|other| other.name == *alias) {
            None => broken.push(format!("is an alias of `{alias}`, which does not exist")),
            Some(other) if other.alias_of.is_some() => {
                broken.push(format!(
                    "is an alias of `{alias}`, which is an alias itself"
                ));
            }
            Some(other) if other.labels != metric.labels || other.unit != metric.unit => {
                broken.push(format!("has other labels or another unit than `{alias}`"));
            }
            Some(_) => {}
        }
    }
    broken
}

fn is_snake_case(name: &str) -> bool {
    let first = name.chars().next();
    first.is_some_and(|c| c.is_ascii_lowercase() || c == '_')
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !name.contains("__")
        && !name.ends_with('_')
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP: &str = "[[group]]\nname = 'g'\nprefix = 'x_'\nabout = 'a'\n";

    /// Problems of a gauge `x_a`, some of whose fields are given.
    fn problems(fields: &str) -> Vec<String> {
        let label = "[[label]]\nname = 'model'\nhelp = 'h'\n";
        let used = "[[metric]]\nname = 'x_used'\ngroup = 'g'\nkind = 'gauge'\nhelp = 'H.'\n\
                    since = '0.1.0'\nlabels = ['model']\n";
        let given = |field: &str| {
            fields
                .lines()
                .any(|line| line.split(' ').next() == Some(field))
        };
        let defaults = [
            ("name", "x_a"),
            ("group", "g"),
            ("kind", "gauge"),
            ("help", "H."),
            ("since", "0.1.0"),
        ];
        let absent = defaults.iter().filter(|(field, _)| !given(field));
        let absent: Vec<String> = absent
            .map(|(field, value)| format!("{field} = '{value}'"))
            .collect();
        let metric = format!("[[metric]]\n{}\n", absent.join("\n"));
        let text = format!("{GROUP}{label}{used}{metric}{fields}\n");
        check(&Catalogue::parse(&text).unwrap())
    }

    #[track_caller]
    fn refused(fields: &str, why: &str) {
        let problems = problems(fields);
        assert!(
            problems.iter().any(|problem| problem.contains(why)),
            "{why}: {problems:?}"
        );
    }

    #[test]
    fn a_plain_metric_is_fine() {
        assert_eq!(problems(""), [] as [&str; 0]);
    }

    #[test]
    fn names_that_no_text_format_takes_are_refused() {
        refused("name = 'x_A'", "snake_case");
        refused("name = 'x_a-b'", "snake_case");
        refused("name = '9x'", "snake_case");
        refused("name = 'x_a_bucket'", "text formats add themselves");
        refused("name = 'x_used'", "is there twice");
    }

    #[test]
    fn a_name_begins_with_the_prefix_of_its_group() {
        refused("name = 'y_a'", "does not begin with");
        refused("name = 'x_'", "no name behind its prefix");
        refused("group = 'nobody'", "group `nobody` does not exist");
    }

    #[test]
    fn only_info_metrics_are_called_info() {
        refused("name = 'x_a_info'", "`_info` ends");
        refused("kind = 'info'", "`_info` ends");
    }

    #[test]
    fn buckets_rise_and_belong_to_histograms() {
        refused("kind = 'histogram'", "histograms have buckets");
        refused("buckets = [1]", "histograms have buckets");
        refused(
            "kind = 'histogram'\nbuckets = [1, 1]",
            "strictly increasing",
        );
        refused(
            "kind = 'histogram'\nbuckets = [2, 1]",
            "strictly increasing",
        );
        refused("kind = 'histogram'\nbuckets = [1, inf]", "finite");
        refused("kind = 'histogram'\nbuckets = [nan]", "finite");
    }

    #[test]
    fn labels_are_described_once_and_used_once() {
        refused("labels = ['nobody']", "not described");
        refused("labels = ['model', 'model']", "is there twice");
    }

    #[test]
    fn help_and_since_say_something() {
        refused("help = ' '", "help must be one line");
        refused("since = 'soon'", "`soon` is not a version");
    }

    #[test]
    fn an_alias_repeats_a_metric_that_exists() {
        refused("alias_of = 'x_nobody'", "does not exist");
        refused("alias_of = 'x_used'", "other labels");
        assert_eq!(
            problems("alias_of = 'x_used'\nlabels = ['model']"),
            [] as [&str; 0]
        );
    }

    #[test]
    fn an_unknown_field_is_an_error_with_its_line() {
        let text = format!("{GROUP}colour = 'red'\n");
        let error = Catalogue::parse(&text).unwrap_err().to_string();
        assert!(
            error.contains("line 5") && error.contains("colour"),
            "{error}"
        );
    }
}
