//! `cargo xtask layers`: the layer rules of `docs/architecture.md`.

mod graph;
mod rules;
mod source;
mod table;

use std::process::ExitCode;

use anyhow::{Result, bail};

use self::graph::Graph;
use crate::workspace::Workspace;
use crate::{console, process};

/// Checks the rules as a command.
pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode> {
    check(workspace)?;
    console::line("every crate depends only on layers below it");
    Ok(ExitCode::SUCCESS)
}

/// Fails with every rule that the workspace breaks.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let graph = Graph::of(&workspace.members()?);
    let mut broken = rules::check(&graph, &table::TABLE);
    broken.extend(rules::facade_pulls(&facade_tree(workspace)?));
    broken.extend(source::check(workspace.root(), &graph)?);
    if broken.is_empty() {
        return Ok(());
    }
    bail!(
        "the layer rules are broken (docs/architecture.md):\n  {}",
        broken.join("\n  ")
    );
}

/// Returns what the facade with default features pulls in, one package a line.
fn facade_tree(workspace: &Workspace) -> Result<String> {
    process::output(&mut process::cargo(
        workspace,
        [
            "tree",
            "--package",
            table::FACADE,
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ],
    ))
}
