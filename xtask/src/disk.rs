//! Room on the disk: how much there is, how much a run needs, what it leaves.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{console, place};

/// What all stages need at their worst, in bytes, from an empty target folder.
const NEEDED: u64 = 12 * GIGABYTE;

const GIGABYTE: u64 = 1_000_000_000;

/// Says how much room there is; too little for what is still to be built is an error.
pub(crate) fn check(target: &Path) -> Result<()> {
    place::create(target)?;
    let (free, built) = (free(target)?, size(target));
    console::note(format_args!(
        "{} free for {}, which has {}",
        shown(free),
        target.display(),
        shown(built)
    ));
    if let Some(needed) = needed(free, built) {
        bail!(
            "all stages need {} more, but only {} is free for {}; make room, run some stages \
             with --only, or try anyway with --ignore-disk",
            shown(needed),
            shown(free),
            target.display()
        );
    }
    Ok(())
}

/// Removes folders that no later stage uses.
pub(crate) fn discard(target: &Path, folders: &[&str]) -> Result<()> {
    for folder in folders.iter().map(|folder| target.join(folder)) {
        if folder.is_dir() {
            console::note(format_args!(
                "removing {}, {} that no later stage uses",
                folder.display(),
                shown(size(&folder))
            ));
            place::remove(&folder)?;
        }
    }
    Ok(())
}

/// Returns how much is still to be written, where that is more than is free.
fn needed(free: u64, built: u64) -> Option<u64> {
    Some(NEEDED.saturating_sub(built)).filter(|needed| *needed > free)
}

/// Returns the bytes that we may still write where a folder is.
fn free(folder: &Path) -> Result<u64> {
    let about = rustix::fs::statvfs(folder)
        .with_context(|| format!("cannot ask how much room {} has", folder.display()))?;
    Ok(about.f_bavail * about.f_frsize)
}

/// Returns the bytes of all files below a folder; what cannot be read counts nothing.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => size(&entry.path()),
        Ok(kind) if kind.is_file() => entry.metadata().map_or(0, |about| about.len()),
        _ => 0,
    });
    sizes.sum()
}

fn shown(bytes: u64) -> String {
    format!("{:.1} GB", bytes as f64 / GIGABYTE as f64)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_built_already_needs_no_room() {
        assert_eq!(needed(NEEDED - 1, 0), Some(NEEDED));
        assert_eq!(needed(NEEDED - 1, 1), None);
        assert_eq!(needed(0, NEEDED + 1), None);
    }

    #[test]
    fn a_folder_is_as_large_as_the_files_below_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("inner")).unwrap();
        fs::write(folder.path().join("a"), [0; 1000]).unwrap();
        fs::write(folder.path().join("inner/b"), [0; 500]).unwrap();
        assert_eq!(size(folder.path()), 1500);
        assert_eq!(size(&folder.path().join("missing")), 0);
    }

    #[test]
    fn only_what_no_stage_uses_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["loom", "debug"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::write(folder.path().join(name).join("file"), "text").unwrap();
        }
        discard(folder.path(), &["loom", "asan"]).unwrap();
        assert!(!folder.path().join("loom").exists());
        assert!(folder.path().join("debug/file").exists());
    }

    #[test]
    fn a_disk_says_how_much_of_it_is_free() {
        let folder = tempfile::tempdir().unwrap();
        assert!(free(folder.path()).unwrap() > 0);
    }
}
