//! `cargo xtask test`: everything that must hold.

use std::process::ExitCode;

use anyhow::Result;

use crate::stage::{Outcome, Report, Run, Stage};
use crate::workspace::Workspace;
use crate::{console, disk, env, python, servers};

/// Arguments of `cargo xtask test`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask test                       all stages
  cargo xtask test --only format clippy  just these, in their usual order
  cargo xtask test --full                with the long tests

The last line reads `N passed, N failed, N skipped` and counts stages.")]
pub(crate) struct Args {
    /// Run just these stages
    #[arg(long, value_name = "STAGE", num_args = 1..)]
    only: Vec<Stage>,
    /// List the stages and run none
    #[arg(long)]
    list: bool,
    /// Run ignored tests too, with `DYN_TEST_FULL=1`
    #[arg(long)]
    full: bool,
    /// Run all stages though the disk may be too full for them
    #[arg(long)]
    ignore_disk: bool,
}

/// Runs the stages and reports; a failing stage does not stop the others.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<ExitCode> {
    let stages = chosen(&args.only);
    if args.list {
        for stage in stages {
            console::line(format_args!("{:<10}{}", stage.name(), stage.about()));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let run = Run {
        workspace: workspace.clone(),
        members: workspace.members()?,
        servers: servers::folder(workspace),
        python: python::folder(workspace),
        full: args.full,
    };
    let target = run.members.target_directory.as_std_path();
    if stages == Stage::all() && !args.ignore_disk {
        disk::check(target)?;
    }
    let report = Report::of(&stages, |stage| {
        let outcome = stage.run(&run);
        // Where nobody runs it again, room for the others is worth more.
        match outcome {
            Outcome::Passed if env::is_ci() => disk::discard(target, stage.leaves()).into(),
            other => other,
        }
    });
    report.print();
    Ok(if report.is_good() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Returns the stages to run, in order and each once.
fn chosen(only: &[Stage]) -> Vec<Stage> {
    let wanted = |stage: &Stage| only.is_empty() || only.contains(stage);
    Stage::all().iter().copied().filter(wanted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_stages_run_in_their_order_and_once() {
        let only = [Stage::Miri, Stage::Format, Stage::Miri];
        assert_eq!(chosen(&only), [Stage::Format, Stage::Miri]);
    }

    #[test]
    fn all_stages_run_when_none_is_chosen() {
        assert_eq!(chosen(&[]), Stage::all());
    }

    #[test]
    fn every_stage_says_what_it_does() {
        for stage in Stage::all() {
            assert!(
                !stage.name().is_empty() && !stage.about().is_empty(),
                "{stage:?}"
            );
        }
    }
}
