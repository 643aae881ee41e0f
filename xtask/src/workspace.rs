//! Where things are, and what cargo knows about the workspace.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand};

use crate::env;

/// The checkout that this xtask was built from.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Returns the checkout that this xtask was built from.
    pub(crate) fn of_this_checkout() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self {
            root: manifest.parent().unwrap_or(manifest).to_owned(),
        }
    }

    /// Returns the folder of the workspace's `Cargo.toml`.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns a path below the root.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Returns what the members declare, without resolving dependencies.
    pub(crate) fn members(&self) -> Result<Metadata> {
        self.metadata_command()
            .no_deps()
            .exec()
            .context("cannot read the workspace with `cargo metadata`")
    }

    /// Returns the folder that cargo builds into.
    pub(crate) fn target(&self) -> Result<PathBuf> {
        Ok(self.members()?.target_directory.into_std_path_buf())
    }

    fn metadata_command(&self) -> MetadataCommand {
        let mut command = MetadataCommand::new();
        command
            .cargo_path(env::cargo())
            .manifest_path(self.path("Cargo.toml"));
        command
    }
}
