//! The command line: what can be asked for, and who answers.

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::workspace::Workspace;
use crate::{
    bench, completions, console, demo, fuzz, generate, layers, loom, miri, process, python,
    servers, test,
};

const EXAMPLES: &str = "\
Examples:
  cargo xtask demo                      a small component with live traffic
  cargo xtask test                      everything that must hold before a commit
  cargo xtask test --only format clippy just these stages
  cargo xtask gen                       after an edit of catalogue/metrics.toml
  cargo xtask bench                     dynamometer beside other metrics libraries

Exit status: 0 done, 1 something failed, 2 the command line was wrong.";

const DEMO_EXAMPLES: &str = "\
Examples:
  cargo xtask demo            a table that refreshes, until Ctrl-C
  cargo xtask demo --once     prints what /metrics serves, and ends
  cargo xtask demo -- --help  what the demo itself takes";

const BENCH_EXAMPLES: &str = "\
Examples:
  cargo xtask bench            everything
  cargo xtask bench encode     pages that are written, and nothing else
  cargo xtask bench cpp        libnv, which cmake builds first
  cargo xtask bench python     Python's side, in an environment of its own
  cargo xtask bench -- --help  what the bench program itself takes";

const LOOM_EXAMPLES: &str = "\
Examples:
  cargo xtask loom
  LOOM_MAX_PREEMPTIONS=4 cargo xtask loom    more interleavings, much slower
  LOOM_LOG=trace cargo xtask loom            what each thread does";

const MIRI_EXAMPLES: &str = "\
Examples:
  cargo xtask miri
  MIRIFLAGS='-Zmiri-disable-isolation -Zmiri-many-seeds=0..8' cargo xtask miri";

/// The command line of `cargo xtask`.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", about, after_help = EXAMPLES)]
#[command(about = "The one door to building, checking and showing dynamometer")]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a small component with live traffic and show its metrics
    #[command(after_help = DEMO_EXAMPLES)]
    Demo(process::PassThrough),
    /// Check everything: format, layers, lints, tests, examples, loom, miri
    Test(test::Args),
    /// Measure against other metrics libraries
    #[command(after_help = BENCH_EXAMPLES)]
    Bench(process::PassThrough),
    /// Write what follows from catalogue/metrics.toml
    Gen(generate::Args),
    /// Check which crate depends on which, and where unsafe code lives
    Layers,
    /// Run the concurrency model tests of dynamometer-cells
    #[command(after_help = LOOM_EXAMPLES)]
    Loom,
    /// Run the tests of dynamometer-cells under Miri, which it installs
    #[command(after_help = MIRI_EXAMPLES)]
    Miri,
    /// Look for pages that break a parser, with libFuzzer
    Fuzz(fuzz::Args),
    /// Fetch the server programs that tests start, without touching the system
    Servers(servers::Args),
    /// Fetch the Python packages that tests import, without touching the system
    Python(python::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
}

/// Parses the command line, runs the command, and turns errors into exit codes.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let workspace = Workspace::of_this_checkout();
    let done = match cli.command {
        Command::Demo(args) => demo::run(&workspace, &args),
        Command::Test(args) => test::run(&workspace, &args),
        Command::Bench(args) => bench::run(&workspace, &args),
        Command::Gen(args) => generate::run(&workspace, &args),
        Command::Layers => layers::run(&workspace),
        Command::Loom => loom::run(&workspace),
        Command::Miri => miri::run(&workspace),
        Command::Fuzz(args) => fuzz::run(&workspace, &args),
        Command::Servers(args) => servers::run(&workspace, &args),
        Command::Python(args) => python::run(&workspace, &args),
        Command::Completions(args) => completions::run(&args, &mut Cli::command()),
    };
    done.unwrap_or_else(|error| {
        console::error(&format!("{error:#}"));
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_after_demo_go_to_the_demo() {
        let cli = Cli::try_parse_from(["xtask", "demo", "--once", "-v"]).unwrap();
        let Command::Demo(args) = cli.command else {
            panic!("parsed as {:?}", cli.command)
        };
        assert_eq!(args.args, ["--once", "-v"]);
    }

    #[test]
    fn a_wrong_stage_name_is_a_usage_error() {
        let error = Cli::try_parse_from(["xtask", "test", "--only", "fromat"]).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains("'format'"), "{error}");
    }
}
