//! The rules about source files: unsafe code, and length.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::graph::Graph;
use super::table::MAY_BE_UNSAFE;

/// Longest hand-written file, in lines.
const LONGEST: usize = 900;

/// Folders whose files nobody writes by hand.
const GENERATED: &str = "generated";

/// Returns every broken rule, one line each.
pub(crate) fn check(root: &Path, graph: &Graph) -> Result<Vec<String>> {
    let mut broken = Vec::new();
    for krate in &graph.crates {
        let Some(library) = &krate.library else {
            continue;
        };
        if !MAY_BE_UNSAFE.contains(&krate.name.as_str()) && !forbids_unsafe(&read(library)?) {
            let library = shown(root, library);
            broken.push(format!("{library} lacks `#![forbid(unsafe_code)]`"));
        }
    }
    let mut files = Vec::new();
    rust_files(root, &mut files)?;
    for file in files {
        let lines = read(&file)?.lines().count();
        if lines > LONGEST {
            let file = shown(root, &file);
            broken.push(format!(
                "{file} has {lines} lines; split it, {LONGEST} is the limit"
            ));
        }
    }
    Ok(broken)
}

fn forbids_unsafe(text: &str) -> bool {
    text.lines()
        .any(|line| line.trim_start().starts_with("#![forbid(unsafe_code)]"))
}

/// Collects the hand-written Rust files below a folder.
fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let kind = entry.file_type()?;
        let skipped = name.starts_with('.')
            || name == "target"
            || name == "node_modules"
            || name == GENERATED;
        if kind.is_dir() && !skipped {
            rust_files(&entry.path(), files)?;
        } else if kind.is_file() && name.ends_with(".rs") {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::graph::Crate;

    /// Broken rules in a workspace of one crate whose library has this text.
    fn broken(name: &str, file: &str, text: &str) -> Vec<String> {
        let root = tempfile::tempdir().unwrap();
        let library = root.path().join(file);
        fs::create_dir_all(library.parent().unwrap()).unwrap();
        fs::write(&library, text).unwrap();
        let krate = Crate {
            name: name.to_owned(),
            library: Some(library),
            uses: Vec::new(),
        };
        check(
            root.path(),
            &Graph {
                crates: vec![krate],
            },
        )
        .unwrap()
    }

    #[test]
    fn a_library_that_does_not_forbid_unsafe_code_is_refused() {
        let expected = "src/lib.rs lacks `#![forbid(unsafe_code)]`";
        assert_eq!(broken("x", "src/lib.rs", "//! Docs.\n"), [expected]);
        let commented = "// #![forbid(unsafe_code)]\n";
        assert_eq!(broken("x", "src/lib.rs", commented), [expected]);
    }

    #[test]
    fn the_engine_may_contain_unsafe_code() {
        assert_eq!(
            broken("dynamometer-cells", "src/lib.rs", ""),
            [] as [&str; 0]
        );
    }

    #[test]
    fn a_file_over_the_limit_is_refused_unless_generated_or_built() {
        let text = String::from("#![forbid(unsafe_code)]\n") + &"\n".repeat(LONGEST);
        let expected = "src/lib.rs has 901 lines; split it, 900 is the limit";
        assert_eq!(broken("x", "src/lib.rs", &text), [expected]);
        assert_eq!(broken("x", "src/generated/all.rs", &text), [] as [&str; 0]);
        assert_eq!(broken("x", "target/x.rs", &text), [] as [&str; 0]);
    }
}
