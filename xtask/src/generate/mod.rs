//! `cargo xtask gen`: what follows from `catalogue/metrics.toml`.

mod catalogue;
mod diff;
mod lint;
mod markdown;
mod naming;
mod rust;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use self::catalogue::Catalogue;
use crate::console;
use crate::workspace::Workspace;

const SOURCE: &str = "catalogue/metrics.toml";
const ALL: &str = "crates/dynamometer/src/catalogue/generated/all.rs";
const NAMES: &str = "crates/dynamometer/src/catalogue/generated/names.rs";
const MARKDOWN: &str = "docs/metrics.md";

/// Arguments of `cargo xtask gen`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask gen            writes what is not up to date
  cargo xtask gen --check    writes nothing, fails when something is not")]
pub(crate) struct Args {
    /// Write nothing; fail when a generated file is not up to date
    #[arg(long)]
    check: bool,
}

/// A file that follows from the catalogue.
struct Generated {
    path: &'static str,
    text: String,
}

/// Checks the catalogue and writes, or compares, the generated files.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<ExitCode> {
    if args.check {
        check(workspace)?;
        console::line("everything generated is up to date");
        return Ok(ExitCode::SUCCESS);
    }
    for file in generate(workspace)? {
        let path = workspace.path(file.path);
        if read(&path)?.as_deref() == Some(&file.text) {
            console::line(format_args!("unchanged {}", file.path));
            continue;
        }
        let folder = path
            .parent()
            .expect("a generated file lies in the workspace");
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, &file.text))
            .with_context(|| format!("cannot write {}", path.display()))?;
        console::line(format_args!("wrote     {}", file.path));
    }
    Ok(ExitCode::SUCCESS)
}

/// Fails when the catalogue breaks a rule or a generated file is stale.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let mut stale = Vec::new();
    for file in generate(workspace)? {
        let present = read(&workspace.path(file.path))?;
        match present {
            None => stale.push(format!("{} is missing", file.path)),
            Some(text) if text != file.text => {
                stale.push(format!(
                    "{} does not follow from {SOURCE}\n{}",
                    file.path,
                    diff::lines(&text, &file.text)
                ));
            }
            Some(_) => {}
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    bail!(
        "{}\nrun `cargo xtask gen` and commit the result",
        stale.join("\n")
    );
}

fn generate(workspace: &Workspace) -> Result<Vec<Generated>> {
    let source = workspace.path(SOURCE);
    let text = read(&source)?.with_context(|| format!("{} is missing", source.display()))?;
    let catalogue = Catalogue::parse(&text).with_context(|| format!("cannot read {SOURCE}"))?;
    let problems = lint::check(&catalogue);
    if !problems.is_empty() {
        bail!("{SOURCE} breaks the rules:\n  {}", problems.join("\n  "));
    }
    Ok(vec![
        Generated {
            path: ALL,
            text: rust::write_all(&catalogue, workspace)?,
        },
        Generated {
            path: NAMES,
            text: rust::write_names(&catalogue, workspace)?,
        },
        Generated {
            path: MARKDOWN,
            text: markdown::write(&catalogue),
        },
    ])
}

fn read(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}
