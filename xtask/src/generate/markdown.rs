//! Writes the reference page.

use std::fmt::Write as _;

use super::catalogue::{Catalogue, Group, Metric};

const HEADER: &str = "\
<!-- Generated from catalogue/metrics.toml by `cargo xtask gen`. Do not edit. -->

# Built-in metrics

Every metric that dynamometer itself exposes. Components add their own beside these.
A histogram `x` is exposed as `x_bucket`, `x_sum` and `x_count`. A gauge marked *up-down*
counts things that begin and end, so it is never negative.
";

/// Returns the text of the page.
pub(crate) fn write(catalogue: &Catalogue) -> String {
    let mut page = String::from(HEADER);
    for group in &catalogue.groups {
        section(&mut page, catalogue, group);
    }
    page.push_str("\n## Labels\n\n| label | meaning |\n|---|---|\n");
    for label in &catalogue.labels {
        let _ = writeln!(page, "| `{}` | {} |", label.name, label.help);
    }
    page
}

fn section(page: &mut String, catalogue: &Catalogue, group: &Group) {
    let _ = write!(page, "\n## {}\n\n{}\n", group.name, group.about);
    if !group.auto_labels.is_empty() {
        let _ = writeln!(
            page,
            "\nLabels added automatically: {}.",
            codes(&group.auto_labels)
        );
    }
    let metrics: Vec<&Metric> = catalogue.metrics_of(group).collect();
    if !metrics.is_empty() {
        page.push_str(
            "\n| name | kind | unit | labels | help | since |\n|---|---|---|---|---|---|\n",
        );
        for metric in &metrics {
            row(page, metric);
        }
    }
    if !group.values.is_empty() {
        page.push_str("\nClosed sets of label values:\n\n");
        for (label, values) in &group.values {
            let _ = writeln!(page, "- `{label}`: {}", codes(values));
        }
    }
    if metrics.iter().any(|metric| !metric.buckets.is_empty()) {
        page.push_str("\nUpper bounds of buckets, besides `+Inf`:\n\n");
        for metric in metrics.iter().filter(|metric| !metric.buckets.is_empty()) {
            let bounds: Vec<String> = metric.buckets.iter().map(f64::to_string).collect();
            let _ = writeln!(page, "- `{}`: {}", metric.name, bounds.join(", "));
        }
    }
}

fn row(page: &mut String, metric: &Metric) {
    let mut help = metric.help.clone();
    if let Some(alias) = &metric.alias_of {
        remark(&mut help, &format!("alias of `{alias}`"));
    }
    if let Some(note) = &metric.note {
        remark(&mut help, note);
    }
    let _ = writeln!(
        page,
        "| `{}` | {} | {} | {} | {} | {} |",
        metric.name,
        metric.kind.words(),
        metric.unit.map_or("", |unit| unit.suffix()),
        codes(&metric.labels),
        help.replace('|', "\\|"),
        metric.since
    );
}

/// Adds a remark in italics behind the help text.
fn remark(help: &mut String, text: &str) {
    let _ = write!(help, " *({text})*");
}

fn codes(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "
        [[group]]
        name = 'g'
        prefix = 'x_'
        about = 'About g.'
        values = { status = ['success', 'error'] }
        [[label]]
        name = 'status'
        help = 'How it ended.'
        [[metric]]
        name = 'x_a_seconds'
        group = 'g'
        kind = 'histogram'
        unit = 'seconds'
        labels = ['status']
        buckets = [0, 0.5, 130000]
        help = 'This | that.'
        note = 'a note'
        since = '0.1.0'
    ";

    #[test]
    fn a_metric_is_a_row_with_its_values_and_buckets_below() {
        let page = write(&Catalogue::parse(TEXT).unwrap());
        for expected in [
            "| `x_a_seconds` | histogram | seconds | `status` | This \\| that. *(a note)* | 0.1.0 |",
            "- `status`: `success`, `error`",
            "- `x_a_seconds`: 0, 0.5, 130000",
            "| `status` | How it ended. |",
        ] {
            assert!(
                page.lines().any(|line| line == expected),
                "{expected} in\n{page}"
            );
        }
    }
}
