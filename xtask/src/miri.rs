//! `cargo xtask miri`: the tests of `dynamometer-cells` under Miri.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use crate::{console, env, process};

/// The toolchain whose Miri we rely on. A nightly must be named by its date:
/// the newest one often has no Miri, or another opinion.
const TOOLCHAIN: &str = "nightly-2026-05-20";

const DEFAULT_FLAGS: &str = "-Zmiri-strict-provenance -Zmiri-disable-isolation";

/// Installs the toolchain where it is missing, and runs the tests.
pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode> {
    ensure_toolchain()?;
    check(workspace)?;
    Ok(ExitCode::SUCCESS)
}

/// Installs the pinned toolchain with Miri, unless it is there.
///
/// # Errors
///
/// When there is no rustup, or no toolchain can be fetched on this machine.
pub(crate) fn ensure_toolchain() -> Result<()> {
    if is_installed() {
        return Ok(());
    }
    console::note(format_args!("installing {TOOLCHAIN} with Miri"));
    process::output(Command::new("rustup").args([
        "toolchain",
        "install",
        TOOLCHAIN,
        "--profile",
        "minimal",
        "--component",
        "miri,rust-src",
        "--no-self-update",
    ]))
    .with_context(|| format!("{TOOLCHAIN} with miri and rust-src cannot be installed"))?;
    Ok(())
}

/// Runs the tests; the toolchain must be there.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    process::run(&mut cargo(workspace, &["miri", "setup"]))?;
    let flags = env::get(env::MIRIFLAGS).unwrap_or_else(|| DEFAULT_FLAGS.to_owned());
    let target = workspace.target()?.join("miri");
    let mut command = cargo(
        workspace,
        &[
            "miri",
            "test",
            "--package",
            "dynamometer-cells",
            "--lib",
            "--tests",
            "--target-dir",
        ],
    );
    process::run(command.arg(target).env(env::MIRIFLAGS, flags))
}

fn is_installed() -> bool {
    let mut list = Command::new("rustup");
    list.args(["component", "list", "--toolchain", TOOLCHAIN, "--installed"]);
    process::output(&mut list).is_ok_and(|components| {
        ["miri", "rust-src"]
            .iter()
            .all(|wanted| components.lines().any(|c| c.starts_with(wanted)))
    })
}

/// Returns a command of the pinned toolchain's cargo.
///
/// Through `rustup run`: our own `CARGO` is another toolchain's, past rustup.
fn cargo(workspace: &Workspace, args: &[&str]) -> Command {
    let mut command = Command::new("rustup");
    command
        .current_dir(workspace.root())
        .args(["run", TOOLCHAIN, "cargo"])
        .args(args);
    command
}
