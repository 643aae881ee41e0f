//! Mistakes in attributes that parse: wrong names, and keys that do not go
//! together.

use quote::ToTokens;
use syn::LitStr;

use crate::errors::Errors;
use crate::metrics::attributes::{FieldAttributes, Scope};
use crate::metrics::field::Member;
use crate::metrics::metric::Metric;
use crate::name::{Name, repeated};

/// Keys that a nested struct takes.
const WITH_NESTED: [&str; 3] = ["nested", "prefix", "labels"];

/// Checks a prefix and the labels of a scope, and of what is inside it.
pub(super) fn scope(scope: &Scope, outer: &Scope, errors: &mut Errors) {
    if let Some(prefix) = &scope.prefix {
        let checked = Name::from(prefix).check_metric("leave `prefix` out for none");
        errors.ok(checked);
    }
    let names = |scope: &Scope| -> Vec<Name> {
        let labels = scope.labels.iter();
        labels.map(|label| label.name.clone()).collect()
    };
    for name in names(scope) {
        errors.ok(name.check_label("choose another name"));
    }
    let mut all = names(outer);
    all.extend(names(scope));
    // The outer scope's own repetitions are reported where it is checked.
    let twice = |name: &str| format!("label `{name}` is given twice");
    let in_outer = repeated(&all[..outer.labels.len()], twice).count();
    for error in repeated(&all, twice).skip(in_outer) {
        errors.push(error);
    }
}

/// Checks that the keys of a field go together.
pub(super) fn keys(attributes: &FieldAttributes, errors: &mut Errors) {
    let others = |allowed: &'static [&str]| {
        let given = attributes.given.iter();
        given.filter(move |key| !allowed.contains(&key.text.as_str()))
    };
    if attributes.skip.is_some() {
        for key in others(&["skip"]) {
            let message = format!("a field that is skipped takes no `{}`", key.text);
            errors.push(key.error(message));
        }
    } else if attributes.nested.is_some() {
        for key in others(&WITH_NESTED) {
            let message = format!(
                "a nested struct takes no `{}`; give it to the fields of that struct",
                key.text
            );
            errors.push(key.error(message));
        }
    } else if let Some(prefix) = attributes.given.iter().find(|key| key.text == "prefix") {
        let message = "`prefix` is for a `nested` struct; write the whole name into `name`";
        errors.push(prefix.error(message));
    }
}

/// Checks the names of a metric.
pub(super) fn metric(metric: &Metric, errors: &mut Errors) {
    let attributes = &metric.attributes;
    let checked = metric
        .name
        .check_metric("choose another with `#[metric(name = \"…\")]`");
    errors.ok(checked);
    let mut names = vec![metric.name.clone()];
    names.extend(attributes.aliases.iter().map(Name::from));
    for alias in &names[1..] {
        errors.ok(alias.check_metric("choose another alias"));
    }
    let twice = |name: &str| format!("the metric is called `{name}` already");
    for error in repeated(&names, twice) {
        errors.push(error);
    }
    if let Some(limit) = &attributes.limit
        && limit.to_string() == "0"
    {
        errors.at(limit, "a limit of 0 leaves room for no series");
    }
    if let (Some(_), Some(buckets)) = (attributes.exponential, &attributes.buckets) {
        let message =
            "exponential buckets have no fixed bounds; leave `buckets` or `exponential` out";
        errors.at(buckets, message);
    }
    label_names(
        attributes.label_names.as_deref().unwrap_or(&[]),
        attributes,
        errors,
    );
}

fn label_names(names: &[LitStr], attributes: &FieldAttributes, errors: &mut Errors) {
    let labels = attributes.scope.labels.iter();
    let mut all: Vec<_> = labels.map(|label| label.name.clone()).collect();
    let constant = all.len();
    all.extend(names.iter().map(Name::from));
    for name in &all[constant..] {
        errors.ok(name.check_label("choose another name"));
    }
    let twice = |name: &str| format!("label `{name}` is given twice");
    let in_labels = repeated(&all[..constant], twice).count();
    for error in repeated(&all, twice).skip(in_labels) {
        errors.push(error);
    }
}

/// Checks that no two fields are the same series.
pub(super) fn series(members: &[Member<'_>], errors: &mut Errors) {
    let key = |metric: &Metric| -> Vec<String> {
        let labels = metric.attributes.scope.labels.iter();
        let mut labels: Vec<_> = labels
            .map(|label| format!("{}={}", label.name.text, label.value.to_token_stream()))
            .collect();
        labels.sort();
        labels.push(metric.name.text.clone());
        labels
    };
    let metrics: Vec<_> = members.iter().filter_map(Member::metric).collect();
    for (at, metric) in metrics.iter().enumerate() {
        if metrics[..at]
            .iter()
            .any(|earlier| key(earlier) == key(metric))
        {
            let message = format!(
                "two fields are the same series of `{}`; give one another `name` or `labels`",
                metric.name.text
            );
            errors.push(metric.name.error(message));
        }
    }
}
