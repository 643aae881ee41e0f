//! `cargo xtask completions`: completion scripts for shells.

use std::io;
use std::process::ExitCode;

use anyhow::Result;
use clap_complete::Shell;

const EXAMPLES: &str = "\
Completes an alias, `alias xtask='cargo xtask'`:
  source <(cargo xtask completions bash)";

/// Arguments of `cargo xtask completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The shell to write for
    shell: Shell,
}

/// Prints a completion script for the command line.
pub(crate) fn run(args: &Args, command: &mut clap::Command) -> Result<ExitCode> {
    // Rendered first: a reader that closes the pipe early is no reason to panic.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "xtask", &mut script);
    match io::Write::write_all(&mut io::stdout(), &script) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}
