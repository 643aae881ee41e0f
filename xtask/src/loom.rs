//! `cargo xtask loom`: the concurrency models of `dynamometer-cells`.

use std::process::ExitCode;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{env, process};

/// Enough to find every known ordering bug of such protocols; each more is
/// several times slower.
const MAX_PREEMPTIONS: &str = "3";

/// Runs the models as a command.
pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode> {
    check(workspace)?;
    Ok(ExitCode::SUCCESS)
}

/// Runs the models.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let flags = env::get(env::RUSTFLAGS).map_or_else(String::new, |flags| flags + " ");
    let preemptions =
        env::get(env::LOOM_MAX_PREEMPTIONS).unwrap_or_else(|| MAX_PREEMPTIONS.to_owned());
    // `--cfg loom` changes every fingerprint, so it builds into a folder of its own.
    let target = workspace.target()?.join("loom");
    let mut command = process::cargo(
        workspace,
        [
            "test",
            "--release",
            "--package",
            "dynamometer-cells",
            "--test",
            "loom*",
            "--target-dir",
        ],
    );
    command
        .arg(target)
        .env(env::RUSTFLAGS, flags + "--cfg loom")
        // Linking each model with LTO takes longer than running it.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env(env::LOOM_MAX_PREEMPTIONS, preemptions);
    process::run(&mut command)
}
