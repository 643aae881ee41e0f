//! Writes the Rust constants and arrays.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::catalogue::{Catalogue, Group, Metric};
use crate::workspace::Workspace;

/// Width of a doc comment's text, as deep as a constant lies.
const DOC_WIDTH: usize = 90;

/// What every generated file begins with.
const HEAD: &str = "// Generated from catalogue/metrics.toml by `cargo xtask gen`. Do not edit.\n";

/// Returns the text of the file of all metrics.
pub(crate) fn write_all(catalogue: &Catalogue, workspace: &Workspace) -> Result<String> {
    let mut out = Source::default();
    out.line(HEAD);
    out.line("//! Every built-in metric, with all that the catalogue says of it.\n");
    let used = catalogue.groups.iter().filter(|group| {
        let mut metrics = catalogue.metrics_of(group);
        metrics.next().is_some()
    });
    let modules: Vec<&str> = used.map(Group::module).chain(["label"]).collect();
    let modules = modules.join(", ");
    out.line(&format!("use super::names::{{{modules}}};"));
    out.line("use crate::catalogue::{Kind, Metric, Unit};\n");
    all(&mut out, catalogue);
    rustfmt(&out.0, workspace)
}

/// Returns the text of the file of names.
pub(crate) fn write_names(catalogue: &Catalogue, workspace: &Workspace) -> Result<String> {
    let mut out = Source::default();
    out.line(HEAD);
    out.line("//! Names, label values and buckets of the built-in metrics.\n");
    labels(&mut out, catalogue);
    for group in &catalogue.groups {
        module(&mut out, catalogue, group);
    }
    rustfmt(&out.0, workspace)
}

fn all(out: &mut Source, catalogue: &Catalogue) {
    out.doc("Every built-in metric, in the order of the catalogue.");
    out.line("pub const ALL: &[Metric] = &[");
    for (metric, group) in catalogue.metrics.iter().filter_map(|metric| {
        // The lint has found a group for every metric.
        Some((metric, catalogue.group_of(metric)?))
    }) {
        out.line(&entry(metric, group));
    }
    out.line("];\n");
}

fn entry(metric: &Metric, group: &Group) -> String {
    let path = format!("{}::{}", group.module(), metric.constant(group));
    let unit = metric.unit.map(|unit| format!("Unit::{}", unit.variant()));
    let labels: Vec<String> = metric
        .labels
        .iter()
        .map(|label| format!("label::{}", label.to_uppercase()))
        .collect();
    let buckets = if metric.buckets.is_empty() {
        "&[]".to_owned()
    } else {
        format!("{path}_BUCKETS")
    };
    format!(
        "Metric {{ name: {path}, group: {:?}, kind: Kind::{}, unit: {}, labels: &[{}], \
         buckets: {buckets}, help: {:?}, since: {:?}, alias_of: {}, seed: {} }},",
        group.name,
        metric.kind.exposed(),
        option(unit),
        labels.join(", "),
        metric.help,
        metric.since,
        option(metric.alias_of.as_ref().map(|alias| format!("{alias:?}"))),
        option(metric.seed.as_ref().map(|seed| format!("{seed:?}"))),
    )
}

fn labels(out: &mut Source, catalogue: &Catalogue) {
    out.doc("Label keys of the built-in metrics.");
    out.line("pub mod label {");
    for label in &catalogue.labels {
        out.doc(&label.help);
        out.constant(&label.name, &label.name);
    }
    out.line("}\n");
}

fn module(out: &mut Source, catalogue: &Catalogue, group: &Group) {
    out.doc(&group.about);
    out.line(&format!("pub mod {} {{", group.module()));
    if !group.prefix.is_empty() {
        out.doc("What every name of the group begins with.");
        out.constant("PREFIX", &group.prefix);
    }
    if !group.auto_labels.is_empty() {
        out.doc("Labels that every metric of the group gets without being asked for.");
        let labels = group.auto_labels.iter().map(|label| label.to_uppercase());
        let labels: Vec<String> = labels
            .map(|label| format!("super::label::{label}"))
            .collect();
        out.line(&format!(
            "pub const AUTO_LABELS: &[&str] = &[{}];\n",
            labels.join(", ")
        ));
    }
    for metric in catalogue.metrics_of(group) {
        let constant = metric.constant(group);
        out.doc(&metric.help);
        if let Some(alias) = &metric.alias_of {
            out.doc(&format!("\nRepeats the value of `{alias}`."));
        }
        out.constant(&constant, &metric.name);
        if !metric.buckets.is_empty() {
            out.doc(&format!(
                "Upper bounds of the buckets of [`{constant}`], without `+Inf`."
            ));
            let bounds: Vec<String> = metric.buckets.iter().copied().map(float).collect();
            let bounds = bounds.join(", ");
            out.line(&format!(
                "pub const {constant}_BUCKETS: &[f64] = &[{bounds}];\n"
            ));
        }
    }
    names(out, catalogue, group);
    for (label, values) in &group.values {
        out.doc(&format!("Values of the label `{label}` in this group."));
        out.line(&format!("pub mod {label} {{"));
        for value in values {
            out.doc(&format!("The value `{value}`."));
            out.constant(value, value);
        }
        let constants: Vec<String> = values.iter().map(|value| value.to_uppercase()).collect();
        out.doc("Every value, in the order of the catalogue.");
        out.line(&format!(
            "pub const ALL: &[&str] = &[{}];\n}}\n",
            constants.join(", ")
        ));
    }
    out.line("}\n");
}

fn names(out: &mut Source, catalogue: &Catalogue, group: &Group) {
    let names: Vec<String> = catalogue
        .metrics_of(group)
        .map(|m| m.constant(group))
        .collect();
    if !names.is_empty() {
        out.doc("Every name of the group, in the order of the catalogue.");
        out.line(&format!(
            "pub const ALL: &[&str] = &[{}];\n",
            names.join(", ")
        ));
    }
}

fn option(value: Option<String>) -> String {
    value.map_or_else(|| "None".to_owned(), |value| format!("Some({value})"))
}

/// Returns a float literal with the separators that clippy asks for.
fn float(value: f64) -> String {
    let text = format!("{value:?}");
    let Some((whole, fraction)) = text.split_once('.') else {
        return text;
    };
    let digits = whole.len();
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if digits > 4 && index > 0 && (digits - index).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    format!("{grouped}.{fraction}")
}

/// Returns source text the way the workspace formats it.
fn rustfmt(source: &str, workspace: &Workspace) -> Result<String> {
    let mut child = Command::new("rustfmt")
        .arg("--config-path")
        .arg(workspace.path("rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start `rustfmt`; install it with `rustup component add rustfmt`")?;
    // rustfmt reads everything before it writes, so the pipes cannot fill up.
    child
        .stdin
        .take()
        .context("rustfmt has no standard input")?
        .write_all(source.as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!(
            "rustfmt refuses the generated Rust file ({})",
            output.status
        );
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Source text as it grows; rustfmt takes care of the white space.
#[derive(Debug, Default)]
struct Source(String);

// === impl Source ===

impl Source {
    fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// Writes a doc comment, wrapped between words.
    fn doc(&mut self, text: &str) {
        for paragraph in text.lines() {
            let mut line = String::from("///");
            for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
                if line.len() + 1 + word.len() > DOC_WIDTH {
                    self.line(&line);
                    line = String::from("///");
                }
                line.push(' ');
                line.push_str(word);
            }
            self.line(&line);
        }
    }

    fn constant(&mut self, name: &str, value: &str) {
        let _ = writeln!(
            self.0,
            "pub const {}: &str = {value:?};\n",
            name.to_uppercase()
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(float(0.0022), "0.0022");
        assert_eq!(float(1800.0), "1800.0");
        assert_eq!(float(130_000.0), "130_000.0");
    }

    #[test]
    fn docs_wrap_between_words() {
        let mut out = Source::default();
        out.doc(&"word ".repeat(30));
        assert_eq!(out.0.lines().count(), 2);
        assert!(
            out.0
                .lines()
                .all(|line| line.starts_with("/// word") && line.len() <= DOC_WIDTH)
        );
    }
}
