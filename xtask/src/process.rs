//! Running other programs.

use std::ffi::OsStr;
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::clock::Stopwatch;
use crate::workspace::Workspace;
use crate::{console, env};

/// How often a program under a time limit is asked whether it has ended.
const POLL: Duration = Duration::from_millis(20);

/// Arguments that are handed on as they are.
#[derive(Debug, clap::Args)]
pub(crate) struct PassThrough {
    /// Handed on to the program as they are; `-- --help` asks the program
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) args: Vec<String>,
}

/// Returns a cargo command that runs in the workspace's root.
pub(crate) fn cargo<S: AsRef<OsStr>>(
    workspace: &Workspace,
    args: impl IntoIterator<Item = S>,
) -> Command {
    let mut command = Command::new(env::cargo());
    command.current_dir(workspace.root()).args(args);
    command
}

/// Runs a command with our own output; an error names it when it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    console::command(shown(command));
    let status = status(command)?;
    check(command, status)
}

/// Runs a command in silence and returns what it wrote on standard output.
///
/// The error of a command that fails carries what it wrote on standard error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    bail!(
        "`{}` failed ({})\n{}",
        shown(command),
        output.status,
        stderr.trim_end()
    );
}

/// Returns whether a command starts and succeeds; it runs in silence.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs a command into a log file and kills it when it takes too long.
pub(crate) fn run_limited(command: &mut Command, log: &Path, limit: Duration) -> Result<()> {
    console::command(shown(command));
    let out = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(out.try_clone()?)
        .stderr(out)
        .spawn()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    let watch = Stopwatch::start();
    loop {
        if let Some(status) = child.try_wait()? {
            return check(command, status);
        }
        if watch.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            bail!(
                "`{}` was stopped after {}",
                shown(command),
                console::seconds(limit)
            );
        }
        // The standard library cannot wait for a child with a limit, so ask.
        std::thread::park_timeout(POLL);
    }
}

/// Becomes the command: returns only when it cannot be started.
///
/// An interactive program must be the one that gets Ctrl-C; a parent that waits
/// for it would die first and leave it behind with the terminal.
pub(crate) fn become_it(command: &mut Command) -> Result<std::process::ExitCode> {
    console::command(shown(command));
    let error = command.exec();
    Err(error).with_context(|| format!("cannot start `{}`", shown(command)))
}

/// Returns a command as one would type it.
fn shown(command: &Command) -> String {
    let variables = command.get_envs().filter_map(|(name, value)| {
        Some(format!(
            "{}={} ",
            name.display(),
            quoted(&value?.to_string_lossy())
        ))
    });
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    let words: Vec<String> = words.map(|word| quoted(&word.to_string_lossy())).collect();
    variables.collect::<String>() + &words.join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=+./:,@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn status(command: &mut Command) -> Result<ExitStatus> {
    command
        .status()
        .with_context(|| format!("cannot start `{}`", shown(command)))
}

fn check(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("`{}` failed ({status})", shown(command));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        let mut command = Command::new("/usr/bin/cargo");
        command
            .env("RUSTFLAGS", "--cfg loom")
            .args(["test", "--test", "loom*"]);
        assert_eq!(
            shown(&command),
            "RUSTFLAGS='--cfg loom' cargo test --test 'loom*'"
        );
    }

    #[test]
    fn output_of_a_failing_command_is_in_the_error() {
        let error = output(Command::new("sh").args(["-c", "echo broken >&2; exit 3"])).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("broken") && text.contains('3'), "{text}");
    }

    #[test]
    fn a_program_that_does_not_exist_is_named() {
        let error = output(&mut Command::new("no-such-program")).unwrap_err();
        assert_eq!(error.to_string(), "cannot start `no-such-program`");
    }

    #[test]
    fn a_program_that_hangs_is_stopped_at_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut hang = Command::new("sh");
        hang.args(["-c", "echo started; exec sleep 600"]);
        let error = run_limited(&mut hang, &log, Duration::from_millis(300)).unwrap_err();
        assert!(
            error.to_string().contains("was stopped after 0.3 s"),
            "{error}"
        );
        assert_eq!(std::fs::read_to_string(log).unwrap(), "started\n");
    }
}
