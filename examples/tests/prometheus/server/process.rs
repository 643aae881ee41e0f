//! A child process that does not outlive its test.

use std::path::PathBuf;
use std::process::{Child, Command};

/// Kills its process when it is dropped.
pub(crate) struct Process(pub(crate) Child);

impl Process {
    pub(crate) fn start(command: &mut Command) -> Self {
        let child = command.spawn();
        Self(child.unwrap_or_else(|error| {
            panic!("starting {}: {error}", command.get_program().display())
        }))
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        self.0.try_wait().ok().flatten().is_some()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The path of a server program that `cargo xtask servers` fetched.
pub(crate) fn program(name: &str) -> PathBuf {
    let fetched = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../target/servers/root/usr/bin"
    );
    let folder = std::env::var_os("DYN_TEST_SERVERS").map_or_else(|| fetched.into(), PathBuf::from);
    let path = folder.join(name);
    assert!(
        path.exists(),
        "{} is missing: run `cargo xtask servers`",
        path.display()
    );
    path
}
