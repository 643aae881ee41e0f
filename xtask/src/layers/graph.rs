//! The workspace's crates and what they declare to depend on.

use std::path::PathBuf;

use cargo_metadata::{DependencyKind, Metadata, TargetKind};

/// The workspace's crates.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) crates: Vec<Crate>,
}

/// A crate of the workspace.
#[derive(Debug, Default)]
pub(crate) struct Crate {
    pub(crate) name: String,
    /// Root file of the library, if it has one.
    pub(crate) library: Option<PathBuf>,
    /// Packages that it is built with or from, whatever the features.
    ///
    /// Development dependencies are not among them: they reach no user.
    pub(crate) uses: Vec<String>,
}

// === impl Graph ===

impl Graph {
    /// Reads the graph from what cargo says about the workspace.
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let crates = metadata.workspace_packages().into_iter().map(|package| {
            let library = package.targets.iter().find(|target| {
                target.kind.iter().any(|kind| {
                    matches!(
                        kind,
                        TargetKind::Lib
                            | TargetKind::RLib
                            | TargetKind::CDyLib
                            | TargetKind::StaticLib
                            | TargetKind::ProcMacro
                    )
                })
            });
            let built_with = package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind != DependencyKind::Development);
            Crate {
                name: package.name.to_string(),
                library: library.map(|target| target.src_path.clone().into_std_path_buf()),
                uses: built_with
                    .map(|dependency| dependency.name.clone())
                    .collect(),
            }
        });
        Self {
            crates: crates.collect(),
        }
    }
}
